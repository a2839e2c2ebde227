import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { pageHeaders } from '../security-headers.ts'
import { MARK } from './layout.ts'

/** On top of Swagger UI's own style, which turns dark by itself where the reader wants it. */
const THEME = `
.swagger-ui .topbar { background: #1d1b22; padding: 8px 0; }
.swagger-ui .topbar .download-url-wrapper { display: none; }
.swagger-ui .info { margin: 32px 0; }
.swagger-ui .info .title { letter-spacing: -0.02em; }
.swagger-ui .scheme-container { box-shadow: none; border-bottom: 1px solid #8883; }
.swagger-ui .opblock { border-radius: 10px; box-shadow: none; }
.swagger-ui .opblock .opblock-summary-method { border-radius: 7px; }
.swagger-ui .btn.authorize { color: #7a2048; border-color: #7a2048; }
.swagger-ui .btn.authorize svg { fill: #7a2048; }
.swagger-ui .btn.execute { background: #7a2048; border-color: #7a2048; }
html.dark-mode .swagger-ui .btn.authorize { color: #f0a3c0; border-color: #f0a3c0; }
html.dark-mode .swagger-ui .btn.authorize svg { fill: #f0a3c0; }
`

/** Swagger UI writes styles into the page; scripts are files of this server only. */
const HEADERS = pageHeaders({
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'font-src': "'self' data:",
  'connect-src': "'self'",
})

/** The interactive reference at `/docs`. */
export async function addDocs(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(HEADERS)
    done()
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
      // A key is typed in again, and not found by who sits here next.
      persistAuthorization: false,
      tryItOutEnabled: true,
      defaultModelsExpandDepth: 0,
    },
  })
}
