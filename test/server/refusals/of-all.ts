import type { ErrorCode } from '../../../src/protocol/index.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import {
  type OperationId,
  PATH_PARAMETERS,
  specOf,
} from '../../../src/protocol/operations/index.ts'
import type { Asked, Told } from '../../support/call-operation.ts'
import type { House } from './house.ts'

/** A show that some examples of the contract name. */
const SHOW = String(PATH_PARAMETERS.show.meta()?.example)

/** A request as the contract shows it, for a show that is there. Nothing else that it names is. */
async function exampleOf(house: House, id: OperationId): Promise<Asked> {
  const spec = specOf(id)
  const { show } = await house.anyShow
  const path = Object.fromEntries(
    [...spec.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
      const { meta } = PATH_PARAMETERS[name as keyof typeof PATH_PARAMETERS]
      return [name, name === 'show' ? show : String(meta()?.example)]
    }),
  )
  const [body = {}] = Object.values(spec.examples ?? {})
  const told = JSON.stringify(body).replaceAll(SHOW, show)
  return { path, ...(spec.body && { body: JSON.parse(told) }) }
}

/** Asks for what the address names and is not there: `show_unknown` of `…/shows/{show}/…`. */
export async function askUnknown(house: House, id: OperationId, name: string): Promise<Told> {
  const asked = await exampleOf(house, id)
  const path = { ...asked.path, ...(name === 'show' && { show: 'macbeth' }) }
  // Sessions and passkeys are somebody's, so somebody asks.
  const as = name === 'session' || name === 'passkey' ? { as: (await house.person()).as } : {}
  return house.ask(id, { ...asked, path, ...as })
}

type Every = (house: House, id: OperationId) => Promise<Told>

/** Provocations that are the same for every operation that lists the code. */
export const OF_EVERY: Partial<Record<ErrorCode, Every>> = {
  unauthenticated: async (house, id) =>
    house.ask(id, { ...(await exampleOf(house, id)), as: 'nobodys' }),
  invalid_request: async (house, id) =>
    house.ask(id, { ...(await exampleOf(house, id)), query: { misspelt: '1' } }),
  idempotency_key_invalid: async (house, id) =>
    house.ask(id, { ...(await exampleOf(house, id)), idempotencyKey: 'a key' }),
  unsupported_media_type: async (house, id) =>
    house.ask(id, {
      ...(await exampleOf(house, id)),
      body: '<p>',
      headers: { 'content-type': 'text/html' },
    }),
  malformed_json: async (house, id) =>
    house.ask(id, { ...(await exampleOf(house, id)), body: '{"seats": [' }),
  forbidden: async (house, id) => {
    const { partner } = specOf(id).roles
    const as = await house.partner([partner === 'sell' ? 'block' : 'sell'])
    return house.ask(id, { ...(await exampleOf(house, id)), as })
  },
}

/**
 * Provocations that are the same for all operations, because it is decided before or behind all of
 * them: once.
 */
export const ONCE: Partial<Record<ErrorCode, (house: House) => Promise<Told>>> = {
  uri_invalid: (house) => house.fetch('/v1/shows/100%'),
  route_unknown: (house) => house.fetch('/v1/seats'),
  method_not_allowed: (house) => house.fetch('/v1/shows', { method: 'DELETE' }),
  headers_too_large: (house) =>
    house.fetch('/v1/shows', { headers: { 'x-much': 'x'.repeat(40_000) } }),
  csrf_refused: async (house) => {
    const { as } = await house.person()
    const cookie = `rowlock_access=${as}`
    return house.fetch('/v1/sessions/end', { method: 'POST', headers: { cookie } })
  },
  rate_limited: async (house) => {
    const as = await house.partner(['sell'])
    for (let count = 0; ; count++) {
      const told = await house.askStrict('listShows', { as })
      if (told.status !== 200 || count > 20) return told
    }
  },
  idempotency_key_reused: async (house) => {
    const asked = { path: await house.show(), idempotencyKey: crypto.randomUUID() }
    await house.do('holdSeats', { ...asked, body: { seats: ['A1'] } })
    return house.ask('holdSeats', { ...asked, body: { seats: ['A2'] } })
  },
  body_too_large: async (house) =>
    house.ask('holdSeats', {
      path: await house.show(),
      body: { seats: ['A1'], reference: 'x'.repeat(LIMITS.bodyBytesMax) },
    }),
}

/** Codes that this server never answers while all is well, and the tests that provoke them. */
export const ELSEWHERE: Partial<Record<ErrorCode, { because: string; by: string }>> = {
  malformed_http: {
    because: 'no client of HTTP sends what is none',
    by: 'test/server/sockets.test.ts',
  },
  request_timeout: {
    because: 'somebody has to be slow for a minute',
    by: 'test/server/slow-clients.test.ts',
  },
  busy: { because: 'it takes a crowd', by: 'test/server/overload.test.ts' },
  outcome_unknown: {
    because: 'the connection has to break within a commit',
    by: 'test/faults/network.test.ts',
  },
  unavailable: { because: 'the database has to be away', by: 'test/faults/network.test.ts' },
  storage_full: { because: 'the disk has to be full', by: 'test/faults/known-failures.test.ts' },
  internal: { because: 'it takes a bug', by: 'test/security/fuzz/verdict.test.ts' },
}
