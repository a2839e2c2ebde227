import { type Answer, callFunction } from '../calls/index.ts'
import type { Database } from '../db/index.ts'
import { ERRORS, type ErrorCode, Refusal, type RefusalDetails } from '../protocol/index.ts'
import type { AccessRequest } from './access-request.ts'
import type { Authenticate } from './authenticator.ts'
import type { DatabaseClock } from './database-clock.ts'
import type { Identity } from './identity.ts'
import type { Passwords } from './passwords.ts'
import { networkOf, pseudonymOf } from './pseudonym.ts'
import type { Recent } from './recent.ts'

/** Somebody whom a credential stands for, and until when it does at most. */
export interface Known {
  readonly identity: Identity
  /** Milliseconds since 1970, by the database's clock. */
  readonly expiresAt: number
}

/** Parts that every operation works with. */
export interface AccessContext {
  readonly database: Database
  readonly clock: DatabaseClock
  readonly passwords: Passwords
  /** By the hash of the credential. */
  readonly recent: Recent<Known>
  /** Hashes of API keys that were good once: see `isFamiliar`. */
  readonly goodKeys: Set<string>
  readonly authenticateOperator: Authenticate
  /** The secret of this database, the same for ever on all its servers. */
  readonly permanent: Buffer
  readonly registration: 'open' | 'closed'
  /** Tells whether tries are bounded per address, too, just now. */
  readonly limitAddresses: () => boolean
}

/** Answer of the functions of access. */
export interface AccessAnswer {
  readonly code: string
  readonly replayed?: boolean
  readonly retryAfterSeconds?: number
}

/** Calls a function that writes; see `callFunction` for what happens when the answer is lost. */
export function call<Answer = AccessAnswer>(
  context: AccessContext,
  name: string,
  values: readonly unknown[],
): Promise<Answer> {
  return callFunction<Answer>(context.database, callOf(name, values), values)
}

/** Asks a function that may be asked twice without harm; null where it knows nothing. */
export async function ask<Answer>(
  context: AccessContext,
  name: string,
  values: readonly unknown[],
): Promise<Answer | null> {
  const rows = await context.database.read<{ answer: Answer | null }>(callOf(name, values), values)
  return rows[0]?.answer ?? null
}

function callOf(name: string, values: readonly unknown[]): string {
  return `select rowlock.${name}(${values.map((_, n) => `$${n + 1}`).join(', ')}) as answer`
}

/** Throws the refusal unless what was asked is done. */
export function requireDone(answer: AccessAnswer, details: RefusalDetails = {}): void {
  const { code, retryAfterSeconds } = answer
  if (code === 'done' || code === 'already') return
  if (!(code in ERRORS)) throw new Error(`the database answered ${code}`)
  const retry = retryAfterSeconds === undefined ? {} : { retryAfterSeconds }
  throw new Refusal(code as ErrorCode, { ...details, ...retry })
}

/** The answer to a write, around what it answers. */
export function answerOf<Value>({ replayed }: AccessAnswer, value: Value): Answer<Value> {
  return { value, changed: true, replayed: replayed === true }
}

/** Name of the caller in the audit log. */
export function actorOf(context: AccessContext, { identity, address }: AccessRequest): string {
  if (identity.role !== 'anonymous') return identity.caller.actor
  return `anonymous:${pseudonymOfAddress(context, address)}`
}

/** Pseudonym of an address in counts and logs. */
export function pseudonymOfAddress(context: AccessContext, address: string): string {
  return pseudonymOf(context.permanent, networkOf(address))
}

/** Reads from a request what idempotency needs to know. */
export function writeOf({ identity, idempotencyKey }: AccessRequest) {
  return { caller: identity.caller, idempotencyKey }
}

/** Milliseconds since 1970, or a date, as RFC 3339 in UTC. */
export function toInstant(at: number | Date): string {
  return new Date(at).toISOString()
}

/** Writes an instant as ISO 8601, or null where there is none. */
export function toInstantOrNull(at: number | Date | null): string | null {
  return at === null ? null : toInstant(at)
}
