import { randomUUID } from 'node:crypto'
import type { Caller, Pool } from './pool.ts'

/** Theatre that the stage is set on. */
export interface Theatre {
  readonly url: string
  readonly operatorKey: string
  readonly pool: Pool
  /** The ids of the operations that there are. */
  readonly operations: ReadonlySet<string>
}

const SCOPES = ['sell', 'amend', 'block', 'journal', 'catalogue']
const PEOPLE = ['user', 'user', 'box_office', 'operator']
const SEATS = ['A', 'B', 'C'].flatMap((row) =>
  Array.from({ length: 12 }, (_, n) => `${row}${n + 1}`),
)
/** Long, and nowhere else: wherever it turns up in an answer or a log, it got out. */
export const PASSWORD = 'never-to-be-seen-again-4711'

type Json = Record<string, unknown>

const bearer = (token: string): [string, string] => ['authorization', `Bearer ${token}`]

/**
 * Makes one of everything that can be asked for, and somebody of every role, through the API.
 * Called again and again, because what comes between spoils it: shows sell out, people are
 * locked out.
 */
export async function setStage(theatre: Theatre): Promise<void> {
  const { pool, operatorKey } = theatre
  for (const seat of SEATS) pool.add('seat', seat)
  for (const row of ['A', 'A-C', 'B']) pool.add('row', row)
  for (const name of ['standard', 'floor']) pool.add('category', name)
  pool.add('section', 'floor')
  pool.add('password', PASSWORD)
  const venue = await ask(theatre, 'POST', '/v1/venues', { name: 'Globe' })
  const source = { rows: 'A-C', seatsPerRow: 12 }
  const plan = await ask(theatre, 'POST', `/v1/venues/${venue.id}/plans`, { source })
  const own = [await showOf(theatre, {}), await showOf(theatre, {})]
  const keys = [...own, await showOf(theatre, { plan: plan.id })]
  for (const show of keys) await sell(theatre, show)
  const people = theatre.operations.has('createSession') ? await callersOf(theatre, keys) : []
  const anonymous: Caller = { role: 'anonymous', headers: [] }
  const operator: Caller = { role: 'operator', headers: [bearer(operatorKey)] }
  const half = Math.max(2, people.length / 2)
  pool.callers = [
    ...people,
    ...forged(people).slice(0, 3),
    ...Array.from({ length: half }, () => anonymous),
    ...Array.from({ length: half }, () => operator),
  ]
}

async function showOf(theatre: Theatre, terms: Json): Promise<string> {
  const { key } = await ask(theatre, 'POST', '/v1/shows', {
    key: `fuzz-${randomUUID()}`,
    title: 'Hamlet',
    startsAt: '2035-12-01T19:00:00Z',
    ...(terms.plan === undefined && { seats: { rows: 'A-C', seatsPerRow: 12 } }),
    maxSeatsPerHold: 20,
    ...(theatre.operations.has('createSession') && { confirmBy: 'holder' }),
    ...terms,
  })
  return String(key)
}

async function sell(theatre: Theatre, show: string): Promise<void> {
  const at = `/v1/shows/${show}`
  theatre.pool.add('show', show)
  await ask(theatre, 'POST', `${at}/holds`, { seats: ['A1', 'A2'] })
  await ask(theatre, 'POST', `${at}/holds`, { seats: ['A3'], holdSeconds: 1 })
  await ask(theatre, 'POST', `${at}/bookings`, { seats: ['B1', 'B2'], reference: 'fuzz' })
  await ask(theatre, 'POST', `${at}/blocks`, { seats: ['C1', 'C2'], reason: 'house' })
}

/** Everybody who can sign in, with a token and with cookies, and keys of every scope. */
async function callersOf(theatre: Theatre, shows: string[]): Promise<Caller[]> {
  const callers: Caller[] = []
  for (const role of PEOPLE) {
    const email = `${randomUUID()}@fuzz.example`
    const body = { name: 'Fuzz', email, password: PASSWORD, role }
    await ask(theatre, 'POST', '/v1/users', body)
    const session = await ask(theatre, 'POST', '/v1/sessions', { email, password: PASSWORD })
    const token = String(session.accessToken)
    callers.push({ role, headers: [bearer(token)] })
    const cookie: [string, string] = ['cookie', `rowlock_access=${token}`]
    callers.push({ role: `${role} by cookie`, headers: [cookie, ['rowlock-csrf', '1']] })
  }
  for (const scopes of [...SCOPES.map((scope) => [scope]), SCOPES]) {
    const limits = scopes.length > 1 ? { shows: shows.slice(0, 1) } : {}
    const key = await ask(theatre, 'POST', '/v1/api-keys', { name: 'Fuzz', scopes, ...limits })
    callers.push({ role: `partner ${scopes}`, headers: [bearer(String(key.secret))] })
  }
  return callers
}

/** Credentials that are none: unknown, unsigned, bent. */
function forged(people: readonly Caller[]): Caller[] {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const claims = encode({ sub: `user_${'0'.repeat(32)}`, role: 'operator', exp: 4e9 })
  const good = people[0]?.headers[0]?.[1] ?? 'Bearer a.b.c'
  const wrong = [
    bearer('wrong'),
    bearer(`${encode({ alg: 'none', typ: 'at+jwt' })}.${claims}.`),
    bearer(`rlp_${'A'.repeat(8)}_${'b'.repeat(43)}`),
    ['authorization', `${good.slice(0, -4)}AAAA`],
    ['cookie', `rowlock_access=${encode({ alg: 'HS256' })}.${claims}.x`],
  ] as const
  return wrong.map((header) => ({ role: 'forged', headers: [header] }))
}

async function ask(theatre: Theatre, method: string, path: string, body: Json): Promise<Json> {
  const response = await fetch(`${theatre.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${theatre.operatorKey}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  })
  const answer = (await response.json()) as Json
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
  theatre.pool.harvest(answer)
  return answer
}
