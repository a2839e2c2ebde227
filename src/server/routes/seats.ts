import { z } from 'zod'
import type { Engine } from '../../engine/index.ts'
import { Availability, ListSeatsQuery, SeatList, SeatMap, Statuses } from '../../protocol/index.ts'
import { tagged } from '../answers.ts'
import { operation, path } from '../operation.ts'
import { SerializedMaps } from '../serialized-maps.ts'
import type { App } from './app.ts'

const ShowPath = z.object({ show: path.show })
const NotModified = z.null().describe('The caller has it already.')
const FOREVER = 'public, max-age=31536000, immutable'

/** What shoppers look at, and poll. */
export function addSeatRoutes(app: App, engine: Engine): void {
  app.get(
    '/v1/shows/:show/seats',
    operation(
      'listSeats',
      {
        tag: 'Seats',
        summary: 'List the seats of a show with their status',
        refusals: ['show_unknown'],
      },
      { params: ShowPath, querystring: ListSeatsQuery, response: { 200: SeatList } },
    ),
    (request) => engine.listSeats(request.params.show, request.query),
  )

  app.get(
    '/v1/shows/:show/availability',
    operation(
      'getAvailability',
      {
        tag: 'Seats',
        summary: 'Count the seats of a show by status',
        description:
          'Over all, and per section and category. It reflects every command that was answered ' +
          'before it was asked for.',
        refusals: ['show_unknown'],
        isTagged: true,
      },
      { params: ShowPath, response: { 200: Availability, 304: NotModified } },
    ),
    async (request, reply) =>
      tagged(request, reply, await engine.getAvailability(request.params.show)),
  )

  app.get(
    '/v1/shows/:show/statuses',
    operation(
      'getStatuses',
      {
        tag: 'Seats',
        summary: 'Get the status of every seat, one character each',
        description: 'Character n is seat number n of the map: `a`vailable, `h`eld, `b`ooked, `x`.',
        refusals: ['show_unknown'],
        isTagged: true,
      },
      { params: ShowPath, response: { 200: Statuses, 304: NotModified } },
    ),
    async (request, reply) => tagged(request, reply, await engine.getStatuses(request.params.show)),
  )

  addMapRoute(app, engine)
}

function addMapRoute(app: App, engine: Engine): void {
  const maps = new SerializedMaps()
  app.get(
    '/v1/shows/:show/map',
    operation(
      'getMap',
      {
        tag: 'Seats',
        summary: 'Get everything that drawing the seats needs',
        description:
          "In columns: element n of each is seat number n. A map of a venue's plan never changes " +
          'and may be kept for ever; that of a show with seats of its own may grow.',
        refusals: ['show_unknown'],
        isTagged: true,
      },
      { params: ShowPath, response: { 200: z.union([SeatMap, z.string()]), 304: NotModified } },
    ),
    async (request, reply) => {
      const { show } = request.params
      const [map, { venue }] = await Promise.all([engine.getMap(show), engine.getShow(show)])
      const cacheControl = venue === null ? 'no-cache' : FOREVER
      reply.header('content-type', 'application/json; charset=utf-8')
      return tagged(request, reply, maps.textOf(show, map), cacheControl)
    },
  )
}
