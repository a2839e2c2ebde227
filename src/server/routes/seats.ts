import type { Engine } from '../../engine/index.ts'
import type { SeatList } from '../../protocol/index.ts'
import { tagged } from '../answers.ts'
import { listRoute } from '../lists.ts'
import { route } from '../route.ts'
import { encodingFor, SerializedMaps } from '../serialized-maps.ts'
import type { App } from './app.ts'

const FOREVER = 'public, max-age=31536000, immutable'

/** What shoppers look at, and poll. */
export function addSeatRoutes(app: App, engine: Engine): void {
  const pages = new WeakMap<SeatList, Buffer>()
  listRoute(app, 'listSeats', {
    read: ({ params }, query) => engine.listSeats(params.show, query),
    answer: async ({ params, query }, reply) => {
      const list = await engine.listSeats(params.show, query)
      const bytes = pages.get(list) ?? Buffer.from(JSON.stringify(list))
      pages.set(list, bytes)
      reply.header('content-type', 'application/json; charset=utf-8')
      return bytes as unknown as SeatList
    },
    rows: ({ params, query }) => engine.exportSeats(params.show, query),
  })

  route(app, 'getAvailability', async (request, reply) =>
    tagged(request, reply, await engine.getAvailability(request.params.show)),
  )

  route(app, 'getStatuses', async (request, reply) =>
    tagged(request, reply, await engine.getStatuses(request.params.show)),
  )

  const maps = new SerializedMaps()
  route(app, 'getMap', async (request, reply) => {
    const { show } = request.params
    const map = await engine.getMap(show)
    const { venue } = await engine.getShow(show)
    const cacheControl = venue === null ? 'no-cache' : FOREVER
    const read = () => {
      const encoding = encodingFor(request.headers['accept-encoding'])
      reply.header('content-type', 'application/json; charset=utf-8')
      if (encoding !== 'identity') reply.header('content-encoding', encoding)
      return maps.bytesOf(show, map, encoding)
    }
    reply.header('vary', 'accept-encoding')
    return tagged(request, reply, { etag: map.etag, read }, cacheControl)
  })
}
