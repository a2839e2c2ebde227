import type { FastifyInstance } from 'fastify'
import { ERRORS, type ErrorCode, Refusal } from '../../protocol/index.ts'
import { errorPage } from '../problem.ts'
import type { ServerSettings } from '../settings.ts'
import { addDashboard } from './dashboard.ts'
import { docsFiles, sendDocsPage } from './docs.ts'
import { escapeHtml, MARK, sendPage } from './layout.ts'

/**
 * Adds what people see who come with a browser: the dashboard, and a page about each error code.
 */
export function addPages(app: FastifyInstance, settings: ServerSettings): void {
  addDashboard(app, settings)

  app.get('/favicon.svg', (_request, reply) => {
    reply.header('cache-control', 'public, max-age=86400')
    reply.header('content-type', 'image/svg+xml; charset=utf-8')
    reply.send(MARK.replaceAll('currentColor', '#7a2048'))
  })

  const files = docsFiles(settings)
  app.get<{ Params: { code: string } }>(errorPage(':code'), async (request, reply) => {
    const { code } = request.params
    if (!isErrorCode(code)) throw new Refusal('route_unknown')
    if (await sendDocsPage(files, request, reply, `errors/${code}.html`)) return reply
    return sendPage(reply, `${code} · Rowlock`, errorText(code))
  })
  app.get('/errors', async (request, reply) => {
    if (await sendDocsPage(files, request, reply, 'errors/index.html')) return reply
    return sendPage(reply, 'Errors · Rowlock', errorIndex())
  })
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code)
}

function errorIndex(): string {
  const lines = Object.entries(ERRORS).map(([code, { title }]) => {
    return `<li><a href="${errorPage(code)}"><code>${code}</code></a>: ${escapeHtml(title)}</li>`
  })
  return `<a class="mark" href="/">${MARK}</a>\n<h1>Errors</h1>\n<ul>${lines.join('\n')}</ul>`
}

/** Without a build; with one, the page has a remedy and an example. */
function errorText(code: ErrorCode): string {
  const { status, title, retryable } = ERRORS[code]
  const advice = retryable
    ? 'Yes: the same request, a little later, may succeed. Wait as long as Retry-After says.'
    : 'No: the same request will be refused again until something changes.'
  return `<a class="mark" href="/">${MARK}</a>
<h1>${escapeHtml(title)}</h1>
<dl>
<dt>Code</dt><dd><code>${code}</code></dd>
<dt>HTTP status</dt><dd>${status}</dd>
<dt>Worth a retry</dt><dd>${advice}</dd>
</dl>
<p class="quiet">The code is stable: it is never renamed, and never used for anything else. What
exactly was wrong is said in the <code>detail</code>, <code>seats</code>, <code>mistakes</code> or
<code>limit</code> of the answer.</p>
<p><a href="/errors">All errors</a></p>`
}
