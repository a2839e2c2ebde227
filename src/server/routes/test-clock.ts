import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Access, type Identity, refusalFor } from '../../auth/index.ts'
import type { ClockReading, MovableClock } from '../../db/index.ts'
import { clientAddress } from '../limits/client-address.ts'
import type { App } from './app.ts'

const DAY_SECONDS = 86_400
/** Ten years: PostgreSQL counts further, and no hold or session lasts so long. */
const ADVANCE_SECONDS_MAX = 3_653 * DAY_SECONDS

const AdvanceBody = z.strictObject({
  advanceSeconds: z.number().positive().max(ADVANCE_SECONDS_MAX),
})

/**
 * The clock of `rowlock dev`, which no other server has: reads it, and moves it on, so that a test
 * need not wait for a hold to end. Streams and webhooks follow at their next look at the database.
 */
export function addTestClockRoutes(app: App, clock: MovableClock, access: Access): void {
  app.get('/v1/test/clock', async (request) => {
    await requireTester(access, request)
    return shown(await clock.read())
  })
  app.post('/v1/test/clock', { schema: { body: AdvanceBody, hide: true } }, async (request) => {
    await requireTester(access, request)
    const reading = await clock.advance(request.body.advanceSeconds)
    // Who was known a moment ago by the time before may have a session that has ended since.
    access.forget()
    return shown(reading)
  })
}

function shown({ nowMs, movedSeconds }: ClockReading) {
  return { now: new Date(nowMs).toISOString(), movedSeconds }
}

/** Time is everybody's, so only operators and API keys move it; a page in a browser cannot. */
async function requireTester(
  access: Access,
  request: Pick<FastifyRequest, 'headers' | 'ip'>,
): Promise<Identity> {
  const { authorization } = request.headers
  const address = clientAddress(request)
  const identity = await access.identify({ authorization, address })
  if (identity.role === 'operator' || identity.role === 'partner') return identity
  throw refusalFor(identity, 'listApiKeys', undefined) ?? new Error('nobody else may list keys')
}
