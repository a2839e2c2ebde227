import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Engine } from '../../engine/index.ts'
import type { SeatList } from '../../protocol/index.ts'
import { tagged, varyBy } from '../answers.ts'
import { listRoute } from '../lists.ts'
import { route } from '../route.ts'
import { encodingFor, WrittenAnswers } from '../written-answers.ts'
import type { App } from './app.ts'

const ENCODING = 'accept-encoding'
const FOREVER = 'public, max-age=31536000, immutable'
/**
 * Bytes kept of answers about one moment: of use to those who asked together, and to nobody later.
 */
const MOMENTS_BYTES_MAX = 4_000_000

/** Adds the routes that shoppers look at, and poll. */
export function addSeatRoutes(app: App, engine: Engine): void {
  const written = new WrittenAnswers()
  const moments = new WrittenAnswers(MOMENTS_BYTES_MAX)
  const pages = new PageNames()
  listRoute(app, 'listSeats', {
    read: ({ params }, query) => engine.listSeats(params.show, query),
    answer: async (request, reply) => {
      const { params, query } = request
      const list = await engine.listSeats(params.show, query)
      // Named seats are as many different questions as there are callers.
      if (query.seats !== undefined) return list
      varyBy(reply, ENCODING)
      return send(request, reply, written, pages.nameOf(list), () => textOf(reply, list))
    },
    rows: ({ params, query }) => engine.exportSeats(params.show, query),
  })

  route(app, 'getAvailability', async (request, reply) =>
    tagged(request, reply, await engine.getAvailability(request.params.show)),
  )

  route(app, 'getStatuses', async (request, reply) => {
    const { etag, read } = await engine.getStatuses(request.params.show)
    const readNow = () => {
      const statuses = read()
      const name = `${statuses.show} ${etag} ${statuses.asOf}`
      return send(request, reply, moments, name, () => textOf(reply, statuses))
    }
    varyBy(reply, ENCODING)
    return tagged(request, reply, { etag, read: readNow })
  })

  route(app, 'getMap', async (request, reply) => {
    const { show } = request.params
    const map = await engine.getMap(show)
    const { venue } = await engine.getShow(show)
    const cacheControl = venue === null ? 'no-cache' : FOREVER
    const name = `map ${show} ${map.etag}`
    const read = () => send(request, reply, written, name, () => JSON.stringify(map.read()))
    varyBy(reply, ENCODING)
    return tagged(request, reply, { etag: map.etag, read }, cacheControl)
  })
}

/** The engine gives the same page to all who ask while no seat of the show has changed. */
class PageNames {
  readonly #names = new WeakMap<SeatList, string>()
  #count = 0

  nameOf(list: SeatList): string {
    let name = this.#names.get(list)
    if (name === undefined) {
      this.#count += 1
      name = `page ${this.#count}`
      this.#names.set(list, name)
    }
    return name
  }
}

/** Writes a value with the serializer of the route's schema. */
function textOf(reply: { serialize(value: unknown): unknown }, value: unknown): string {
  return String(reply.serialize(value))
}

/** Answers what has the name, written once for everybody, as the caller takes it. */
async function send(
  { headers }: Pick<FastifyRequest, 'headers'>,
  reply: Pick<FastifyReply, 'header'>,
  answers: WrittenAnswers,
  name: string,
  write: () => string,
): Promise<never> {
  const accepted = encodingFor(headers[ENCODING])
  const { encoding, bytes } = await answers.get(name, accepted, write)
  reply.header('content-type', 'application/json; charset=utf-8')
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  return bytes as never
}
