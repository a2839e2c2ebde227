import helmet from '@fastify/helmet'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { MARK } from './layout.ts'

/** On top of Swagger UI's own style: our colours, and dark where the reader wants it. */
const THEME = `
.swagger-ui .topbar { background: #1d1b22; padding: 8px 0; }
.swagger-ui .topbar .download-url-wrapper { display: none; }
.swagger-ui .info { margin: 32px 0; }
.swagger-ui .info .title { letter-spacing: -0.02em; }
.swagger-ui .scheme-container { box-shadow: none; border-bottom: 1px solid #e4e0d9; }
.swagger-ui .opblock { border-radius: 10px; box-shadow: none; }
.swagger-ui .opblock .opblock-summary-method { border-radius: 7px; }
.swagger-ui .btn.authorize { color: #7a2048; border-color: #7a2048; }
.swagger-ui .btn.authorize svg { fill: #7a2048; }
.swagger-ui .btn.execute { background: #7a2048; border-color: #7a2048; }
@media (prefers-color-scheme: dark) {
  html { background: #16141a; }
  body { filter: invert(0.92) hue-rotate(180deg); background: #fbfaf8; }
  .swagger-ui .topbar, .swagger-ui .microlight, .swagger-ui pre.example, .swagger-ui img {
    filter: invert(1) hue-rotate(180deg);
  }
}
`

/**
 * The interactive reference at `/docs`. Helmet's headers are set here and nowhere else: they
 * protect pages, and cost more than the rest of a request.
 */
export async function addDocs(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      // Rowlock may well be served without TLS, inside a network.
      directives: { 'upgrade-insecure-requests': null },
    },
    strictTransportSecurity: false,
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    logo: {
      type: 'image/svg+xml',
      content: Buffer.from(MARK.replaceAll('currentColor', '#f0a3c0')),
      href: '/',
    },
    theme: {
      title: 'Rowlock API reference',
      css: [{ filename: 'rowlock.css', content: THEME }],
      favicon: [
        {
          filename: 'favicon.svg',
          rel: 'icon',
          type: 'image/svg+xml',
          sizes: 'any',
          content: MARK.replaceAll('currentColor', '#7a2048'),
        },
      ],
    },
    uiConfig: {
      deepLinking: true,
      docExpansion: 'list',
      displayRequestDuration: true,
      persistAuthorization: true,
      tryItOutEnabled: true,
      defaultModelsExpandDepth: 0,
    },
  })
}
