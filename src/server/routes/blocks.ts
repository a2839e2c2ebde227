import { z } from 'zod'
import type { Engine } from '../../engine/index.ts'
import { Block, BlockSeatsBody, UnblockSeatsBody } from '../../protocol/index.ts'
import { changed, created } from '../answers.ts'
import { operation, path, writeOf } from '../operation.ts'
import type { App } from './app.ts'

/** House seats. */
export function addBlockRoutes(app: App, engine: Engine): void {
  app.post(
    '/v1/shows/:show/blocks',
    operation(
      'blockSeats',
      {
        tag: 'Blocks',
        summary: 'Withhold seats from sale',
        refusals: ['show_unknown', 'idempotency_key_reused', 'seats_unavailable'],
        examples: { example: { seats: ['J1', 'J2'], reason: 'house seats' } },
      },
      {
        params: z.object({ show: path.show }),
        body: BlockSeatsBody,
        response: { 200: Block, 201: Block },
      },
    ),
    async (request, reply) => {
      const { show } = request.params
      const answer = await engine.blockSeats(writeOf(request), show, request.body)
      return created(reply, answer, ({ id }) => `/v1/shows/${show}/blocks/${id}`)
    },
  )

  app.post(
    '/v1/shows/:show/blocks/:block/release',
    operation(
      'unblockSeats',
      {
        tag: 'Blocks',
        summary: 'Put blocked seats on sale, all or some',
        description: 'Answers the block as it is then, however often it is asked.',
        refusals: ['show_unknown', 'idempotency_key_reused', 'block_unknown', 'seats_not_in_block'],
        bodyOptional: true,
        examples: { example: { seats: ['J2'] } },
      },
      {
        params: z.object({ show: path.show, block: path.block }),
        body: UnblockSeatsBody,
        response: { 200: Block },
      },
    ),
    async (request, reply) => {
      const { show, block } = request.params
      return changed(reply, await engine.unblockSeats(writeOf(request), show, block, request.body))
    },
  )
}
