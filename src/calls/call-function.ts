import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { type Database, WAS_DONE } from '../db/index.ts'
import { ERRORS, type ErrorCode, LIMITS, Refusal } from '../protocol/index.ts'
import { currentTrace, deadlineWithin, leaveTimeToTell } from './deadline.ts'
import { KNOWN_AFTER, knownRefusal, unsafeRefusal } from './failure-refusal.ts'
import { databaseSpan, endFailed } from './trace.ts'

/** Answer of the catalogue's functions: `code`, and what belongs to it. */
export interface CatalogueAnswer {
  readonly code: string
  readonly replayed?: boolean
  readonly venueId?: string
  readonly planId?: string
  readonly labels?: readonly string[]
  readonly keys?: readonly string[]
  readonly why?: string
  readonly key?: string
  readonly deletedAt?: number
  readonly created?: number
}

/** Behind PgBouncer nothing else sees to it that a commit waits for the disk. */
const WAIT_FOR_DISK = `
  select set_config('synchronous_commit', 'on', true)
  where current_setting('synchronous_commit') = 'off'`
const PAUSE_MS = 100
/** Storing a plan of 100,000 seats takes seconds, and nobody waits for its locks. */
const LONG_MS = 60_000

/**
 * Calls a function of the catalogue, or of housekeeping. Each has a request id, or does no harm a
 * second time, so a call that is in doubt is sent again until the deadline. Refusals:
 * `outcome_unknown`, `unavailable` and `busy` when that does not help either.
 */
export async function callFunction<Answer = CatalogueAnswer>(
  database: Database,
  sql: string,
  values: readonly unknown[],
): Promise<Answer> {
  const giveUpAt = deadlineWithin(LIMITS.deadlineMs)
  let code = 'unavailable' as ErrorCode
  let knownCount = 0
  for (let attempt = 1; ; attempt++) {
    const unsafe = database.unsafe()
    if (unsafe.length > 0 && code !== 'outcome_unknown') throw unsafeRefusal(unsafe)
    let client: pg.PoolClient | undefined
    try {
      client = await database.pool.connect()
      const answer = await callOnce<Answer>(client, sql, values, database.isDurable)
      leaveTimeToTell()
      return answer
    } catch (error) {
      const kind = database.failures.note(error, 'call')
      if (kind === 'bug') throw error
      const isInDoubt = code === 'outcome_unknown' || (client && WAS_DONE[kind] === 'perhaps')
      if (client) code = isInDoubt ? 'outcome_unknown' : 'busy'
      const known = isInDoubt ? null : knownRefusal(error)
      if (known !== null && ++knownCount >= KNOWN_AFTER) throw known
      const pauseMs = PAUSE_MS * attempt
      if (performance.now() + pauseMs > giveUpAt) throw new Refusal(code, { retryAfterSeconds: 1 })
      await delay(pauseMs)
    }
  }
}

async function callOnce<Answer>(
  client: pg.PoolClient,
  sql: string,
  values: readonly unknown[],
  isDurable: boolean,
): Promise<Answer> {
  let failure: Error | undefined
  const trace = currentTrace()
  const span = trace && databaseSpan(trace, 'call', { 'db.query.text': sql })
  try {
    const begin = `begin; set local statement_timeout = ${LONG_MS}`
    await client.query(isDurable ? `${begin}; ${WAIT_FOR_DISK}` : begin)
    const query: pg.QueryConfig & { query_timeout: number } = {
      text: sql,
      values: [...values],
      query_timeout: LONG_MS,
    }
    const { rows } = await client.query<{ answer: Answer }>(query)
    await client.query('commit')
    if (!rows[0]) throw new Error('the database gave no answer')
    return rows[0].answer
  } catch (error) {
    failure = error as Error
    throw error
  } finally {
    // A connection whose transaction failed is not given to anybody else.
    client.release(failure)
    if (failure === undefined) span?.end()
    else if (span !== null) endFailed(span, failure)
  }
}

/** Throws the refusal unless the catalogue did what it was asked. */
export function expectDone(answer: CatalogueAnswer, details: { detail?: string } = {}): void {
  if (answer.code === 'done' || answer.code === 'already') return
  if (!(answer.code in ERRORS)) throw new Error(`the catalogue answered ${answer.code}`)
  throw new Refusal(answer.code as ErrorCode, details)
}
