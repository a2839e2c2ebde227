import assert from 'node:assert/strict'
import { after } from 'node:test'
import type pg from 'pg'
import type { Access, AccessRequest, AccessSettings, Identity } from '../../src/auth/index.ts'
import { ANONYMOUS, OPERATOR, openAccess } from '../../src/auth/index.ts'
import { connectClient, openDatabase } from '../../src/db/index.ts'
import { type CreateUserBody, newUuid, type Session, type User } from '../../src/protocol/index.ts'
import { useTestDatabase } from '../support/database.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

export const OPERATOR_KEY = 'the-operator-key-of-these-tests'
/** Password of everybody in these tests, and nowhere else. */
export const PASSWORD = 'seven-green-rowing-boats'

/** A database of access, with a clock that can be moved. */
export interface Stage {
  /** Looks everything up, so that each answer is as of now. */
  readonly access: Access
  /** The owner of the database, for plain SQL. */
  readonly owner: pg.Client
  /** Another server on the same database. */
  open(settings?: Partial<AccessSettings>): Promise<Access>
  later(seconds: number): Promise<void>
  /** A new user, and their password is PASSWORD. */
  user(body?: Partial<CreateUserBody>): Promise<User & { email: string }>
  signIn(email: string, password?: string): Promise<Session>
  /** Makes the request of somebody with this session. */
  as(session: Session): Promise<AccessRequest>
  /** The audit log, newest first, by action. */
  acts(action: string): Promise<{ actor: string; subject: string | null; details: unknown }[]>
}

export function ask(identity: Identity, idempotencyKey: string | null = null): AccessRequest {
  return { identity, address: '192.0.2.1', traceId: 'a request', idempotencyKey }
}

export const BY_ANYBODY: AccessRequest = ask(ANONYMOUS)
export const BY_OPERATOR: AccessRequest = ask(OPERATOR)

export async function useAccess(
  name: string,
  settings: Partial<AccessSettings> = {},
): Promise<Stage> {
  const database = await useTestDatabase(name)
  const owner = await connectClient(database.owner)
  await useTestClock(owner)
  const closers: (() => Promise<void>)[] = []
  const open = async (own: Partial<AccessSettings> = {}) => {
    const opened = await openDatabase(database.settings)
    closers.push(() => opened.close())
    return openAccess({
      database: opened,
      operatorKey: OPERATOR_KEY,
      rememberMs: 0,
      limitAddresses: () => false,
      ...own,
    })
  }
  after(async () => {
    await Promise.all(closers.map((close) => close()))
    await owner.end()
  })
  const access = await open(settings)
  return { access, owner, open, ...people(access), ...world(access, owner) }
}

function people(access: Access): Pick<Stage, 'user' | 'signIn' | 'as'> {
  const user: Stage['user'] = async (body = {}) => {
    const email = `${newUuid()}@example.org`
    const full = { name: 'Ada', email, password: PASSWORD, ...body }
    const { value } = await access.createUser(BY_OPERATOR, full)
    return { ...value, email: full.email }
  }
  const signIn: Stage['signIn'] = (email, password = PASSWORD) => {
    return access.createSession(BY_ANYBODY, { email, password })
  }
  const as: Stage['as'] = async (session) => ask(await access.identify(bearer(session.accessToken)))
  return { user, signIn, as }
}

function world(access: Access, owner: pg.Client): Pick<Stage, 'later' | 'acts'> {
  const acts: Stage['acts'] = async (action) => {
    return (await access.listAudit(BY_OPERATOR, { action, limit: 1_000 })).items
  }
  return { later: (seconds) => advanceClock(owner, seconds), acts }
}

export function bearer(token: string | null): { authorization: string; address: string } {
  return { authorization: `Bearer ${token}`, address: '192.0.2.1' }
}

/** The code of the refusal that an access credential meets, or `known`. */
export async function codeOfToken(access: Access, token: string | null): Promise<string> {
  const { codeOf } = await import('../support/engines.ts')
  const code = await codeOf(Promise.resolve().then(() => access.identify(bearer(token))))
  return code === 'done' ? 'known' : code
}

/** The text of everything in the audit log and in what is kept for retries. */
export async function writtenDown(owner: pg.Client): Promise<string> {
  const { rows } = await owner.query<{ text: string }>(
    `select entry::text as text from rowlock.audit_log as entry
     union all
     select request::text from rowlock.requests as request`,
  )
  assert.ok(rows.length > 0)
  return rows.map(({ text }) => text).join('\n')
}
