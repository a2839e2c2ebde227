import type { Engine } from '../../engine/index.ts'
import { changed, created } from '../answers.ts'
import { listRoute } from '../lists.ts'
import { route, writeOf } from '../route.ts'
import type { App } from './app.ts'

/** House seats. */
export function addBlockRoutes(app: App, engine: Engine): void {
  route(app, 'blockSeats', async (request, reply) => {
    const { show } = request.params
    const answer = await engine.blockSeats(writeOf(request), show, request.body)
    return created(reply, answer, ({ id }) => `/v1/shows/${show}/blocks/${id}`)
  })

  listRoute(app, 'listBlocks', {
    read: ({ identity, params }, query) => engine.listBlocks(identity.caller, params.show, query),
  })

  route(app, 'getBlock', ({ identity, params }) =>
    engine.getBlock(identity.caller, params.show, params.block),
  )

  route(app, 'changeBlock', async (request, reply) => {
    const { show, block } = request.params
    return changed(reply, await engine.changeBlock(writeOf(request), show, block, request.body))
  })

  route(app, 'unblockSeats', async (request, reply) => {
    const { show, block } = request.params
    return changed(reply, await engine.unblockSeats(writeOf(request), show, block, request.body))
  })
}
