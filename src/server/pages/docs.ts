import { extname, join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { pageHeaders } from '../security-headers.ts'
import type { ServerSettings } from '../settings.ts'
import { MARK, sendPage } from './layout.ts'
import { WEB_DIR, WebFiles } from './web-files.ts'

/** Only files of this server, nothing inline; what is tried is asked of this server, too. */
const HEADERS = pageHeaders({
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
})

/** Files for programs, where they look for them. */
const FOR_PROGRAMS = ['llms.txt', 'changelog.atom', 'postman.json'] as const

/** The documentation as `npm run build:web` makes it. */
export function docsFiles({ webDir }: Pick<ServerSettings, 'webDir'>): WebFiles {
  return new WebFiles(join(webDir ?? WEB_DIR, 'docs'))
}

/** The documentation at `/docs`: as pages, and as Markdown where an address ends in `.md`. */
export function addDocs(app: FastifyInstance, settings: ServerSettings): void {
  const files = docsFiles(settings)
  const send = async (request: FastifyRequest, reply: FastifyReply, name: string) => {
    if ((await files.find('index.html')) === null) return sendUnbuilt(reply)
    if (!name.endsWith('.html')) return files.send(request, reply, name, 'no-cache')
    if ((await files.find(name)) === null && readsPages(request)) return sendUnknown(reply)
    reply.headers(HEADERS)
    return files.send(request, reply, name, 'no-cache')
  }
  app.get('/docs', (request, reply) => send(request, reply, 'index.html'))
  app.get<{ Params: { '*': string } }>('/docs/*', (request, reply) => {
    const path = request.params['*'].replace(/\/$/, '')
    if (path === '') return send(request, reply, 'index.html')
    return send(request, reply, extname(path) === '' ? `${path}.html` : path)
  })
  for (const name of FOR_PROGRAMS) {
    app.get(`/${name}`, (request, reply) => send(request, reply, name))
  }
  app.get('/llms-full.txt', async (request, reply) => {
    const text = await allPages(files)
    if (text === null) return send(request, reply, 'llms.txt')
    return reply.header('cache-control', 'no-cache').type('text/plain; charset=utf-8').send(text)
  })
}

/** Every page that `llms.txt` lists; as a file it was a twelfth of the package. */
async function allPages(files: WebFiles): Promise<string | null> {
  const list = await files.find('llms.txt')
  if (list === null) return null
  const names = [...list.body.toString().matchAll(/\]\(\/docs\/([^)]+\.md)\)/g)]
  const parts = names.map(async ([, name = '']) => {
    const page = await files.find(name)
    return `<!-- /docs/${name} -->\n\n${page?.body.toString().trim()}\n`
  })
  return (await Promise.all(parts)).join('\n---\n\n')
}

/** Sends a page of the documentation where it is built; false where it is not. */
export async function sendDocsPage(
  files: WebFiles,
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
): Promise<boolean> {
  if ((await files.find(name)) === null) return false
  await files.send(request, reply.headers(HEADERS), name, 'no-cache')
  return true
}

/** Programs get a problem; a person who followed an old link gets a way on. */
function readsPages({ headers: { accept = '' } }: FastifyRequest): boolean {
  return accept.includes('text/html')
}

function sendUnknown(reply: FastifyReply): FastifyReply {
  return sendPage(
    reply.code(404).header('cache-control', 'no-store'),
    'Page not found · Rowlock',
    `<a class="mark" href="/">${MARK}</a>
<h1>Page not found</h1>
<p>The documentation has no page at this address.</p>
<p><a href="/docs">All pages</a> · <a href="/docs/api">API reference</a> · <a
href="/errors">Errors</a></p>`,
  )
}

function sendUnbuilt(reply: FastifyReply): FastifyReply {
  reply.header('cache-control', 'no-store')
  return sendPage(
    reply,
    'Documentation · Rowlock',
    `<a class="mark" href="/">${MARK}</a>
<h1>Documentation</h1>
<p>It is not built yet: run <code>npm run build:web</code> and load this page again.
<code>npm start</code> does that by itself.</p>
<p><a href="/openapi.json">OpenAPI</a></p>`,
  )
}
