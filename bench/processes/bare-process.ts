/**
 * Fastify with nothing behind it: reads the body of a hold and answers what a hold looks like. What
 * a server of ours is measured against, as far as its own work goes.
 */
import fastify from 'fastify'
import { answerParent } from './child.ts'

const HOLD = {
  id: `hold_${'0'.repeat(32)}`,
  show: 'show-1',
  seats: ['A1', 'A2', 'A3'],
  together: true,
  expiresAt: new Date(0).toISOString(),
  secondsLeft: 600,
  status: 'live',
  holder: null,
  reference: null,
  booking: null,
  version: 1,
}

const app = fastify()
app.post<{ Params: { show: string }; Body: { seats: string[] } }>(
  '/v1/shows/:show/holds',
  async (request, reply) => {
    reply.code(201)
    return { ...HOLD, show: request.params.show, seats: request.body.seats }
  },
)

answerParent(
  async () => Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port),
  () => app.close(),
)
