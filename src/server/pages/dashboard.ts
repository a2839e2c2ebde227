import { join } from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { pageHeaders } from '../security-headers.ts'
import type { ServerSettings } from '../settings.ts'
import { MARK, sendPage } from './layout.ts'
import { WEB_DIR, WebFiles } from './web-files.ts'

/** Only files of this server, nothing inline; and the page stands in nobody else's frame. */
const HEADERS = pageHeaders({
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
})

/** File names carry a hash of what is in them. */
const FOR_EVER = 'public, max-age=31536000, immutable'

/**
 * The dashboard at `/`, and the seat map for pages elsewhere at `/seat-map.js`. Without a build the
 * front page says how to make one: the API does not need it.
 */
export function addDashboard(app: FastifyInstance, settings: ServerSettings): void {
  const dir = settings.webDir ?? WEB_DIR
  const page = new WebFiles(join(dir, 'dashboard'))
  const assets = new WebFiles(join(dir, 'dashboard', 'assets'))
  const element = new WebFiles(dir)

  app.get('/', async (request, reply) => {
    if ((await page.find('index.html')) === null) return sendUnbuilt(reply, settings)
    reply.headers(HEADERS)
    return page.send(request, reply, 'index.html', 'no-cache')
  })

  app.get<{ Params: { name: string } }>('/assets/:name', (request, reply) =>
    assets.send(request, reply, request.params.name, FOR_EVER),
  )

  for (const name of ['seat-map.js', 'seat-map.js.map']) {
    app.get(`/${name}`, (request, reply) => {
      reply.headers({
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      })
      return element.send(request, reply, name, 'no-cache')
    })
  }
}

function sendUnbuilt(reply: FastifyReply, settings: ServerSettings): FastifyReply {
  const reference = settings.docs === false ? '' : '<li><a href="/docs">Documentation</a></li>'
  reply.header('cache-control', 'no-store')
  return sendPage(
    reply,
    'Rowlock',
    `<span class="mark">${MARK}</span>
<h1>Rowlock</h1>
<p>The API is up. The dashboard is not built yet: run <code>npm run build:web</code> and load this
page again. <code>npm start</code> does that by itself.</p>
<ul>
${reference}
<li><a href="/openapi.json">OpenAPI</a></li>
<li><a href="/v1/shows">Shows</a></li>
<li><a href="/health">Health</a></li>
<li><a href="/metrics">Metrics</a></li>
</ul>`,
  )
}
