import type { FastifyReply } from 'fastify'
import { refusalForShow } from '../../auth/index.ts'
import type { Engine } from '../../engine/index.ts'
import { csvTable, type Report, reportRowBy } from '../../protocol/index.ts'
import { changed, created } from '../answers.ts'
import { listRoute, sendCsv } from '../lists.ts'
import { prefersCsv } from '../prefers-csv.ts'
import { type Handler, type RequestOf, route, writeOf } from '../route.ts'
import type { App } from './app.ts'

/** Shows: what is sold, on which terms, and what happened to it. */
export function addShowRoutes(app: App, engine: Engine): void {
  route(app, 'createShow', async (request, reply) => {
    const refusal = refusalForShow(request.identity, request.body.key)
    if (refusal !== null) throw refusal
    const answer = await engine.createShow(writeOf(request), request.body)
    return created(reply, answer, ({ key }) => `/v1/shows/${key}`)
  })

  route(app, 'changeShow', async (request, reply) =>
    changed(reply, await engine.changeShow(writeOf(request), request.params.show, request.body)),
  )

  route(app, 'repeatShow', async (request, reply) => {
    for (const { key } of request.body.shows) {
      const refusal = refusalForShow(request.identity, key)
      if (refusal !== null) throw refusal
    }
    const { show } = request.params
    return created(reply, await engine.repeatShow(writeOf(request), show, request.body))
  })

  route(app, 'deleteShow', async (request, reply) =>
    changed(reply, await engine.deleteShow(writeOf(request), request.params.show)),
  )

  route(app, 'addSeats', async (request, reply) => {
    const answer = await engine.addSeats(writeOf(request), request.params.show, request.body)
    return created(reply, answer, ({ key }) => `/v1/shows/${key}/seats`)
  })

  route(app, 'listShows', (request) => engine.listShows(request.query))

  route(app, 'getShow', (request) => engine.getShow(request.params.show))

  route(app, 'getReport', (async (request: RequestOf<'getReport'>, reply: FastifyReply) => {
    const { params, query, headers } = request
    const isFile = query.format === undefined ? prefersCsv(headers.accept) : query.format === 'csv'
    const report = await engine.getReport(params.show, query)
    return isFile
      ? sendCsv(app, request as never, reply, csvTable(reportRowBy(report.by)), partsOf(report))
      : report
  }) as Handler<'getReport'>)

  listRoute(app, 'listJournal', {
    read: ({ params }, query) => engine.listJournal(params.show, query),
  })
}

async function* partsOf({ items }: Report): AsyncGenerator<Report['items']> {
  yield items
}
