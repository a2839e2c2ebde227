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
/* One operation was 5,500 pixels tall: what a refusal is stands in its words, not in an example of
   the same five fields for each of them; and an example has a height. */
.swagger-ui .response:not([data-code^="2"]) .response-controls,
.swagger-ui .response:not([data-code^="2"]) .model-example { display: none; }
.swagger-ui .response { font-size: 13px; }
.swagger-ui .response .response-col_links { display: none; }
.swagger-ui .responses-table thead .response-col_links { display: none; }
.swagger-ui .responses-table td { padding-top: 6px; }
.swagger-ui .response-col_description p, .swagger-ui .response-col_description ul { margin: 2px 0; }
.swagger-ui .highlight-code > .microlight, .swagger-ui .body-param__text {
  max-height: 190px; min-height: 0; overflow: auto;
}
.swagger-ui textarea.body-param__text { min-height: 150px; }
.swagger-ui .opblock-body pre.microlight { max-height: 190px; }
.swagger-ui .wrapper { padding: 0 clamp(8px, 3vw, 20px); }
@media (max-width: 640px) {
  .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
  .swagger-ui .opblock .opblock-summary-path { max-width: 100%; }
  .swagger-ui .parameters-col_name { width: 36%; }
  .swagger-ui .info hgroup.main { margin: 0; }
  .swagger-ui pre, .swagger-ui table { max-width: 100%; overflow-wrap: anywhere; }
}
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

/** The page comes without one, and phones would show it as wide as a desk. */
const VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'

/** The interactive reference at `/docs`. */
export async function addDocs(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(HEADERS)
    done()
  })
  app.addHook('onSend', async (_request, _reply, payload) =>
    typeof payload === 'string' ? payload.replace('<head>', `<head>${VIEWPORT}`) : payload,
  )
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
      // An example says at once what a schema says after a click.
      defaultModelRendering: 'example',
      displayRequestDuration: true,
      // A key is typed in again, and not found by who sits here next.
      persistAuthorization: false,
      tryItOutEnabled: false,
      defaultModelsExpandDepth: 0,
    },
  })
}
