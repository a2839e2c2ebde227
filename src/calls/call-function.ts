import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { classify, type Database } from '../db/index.ts'
import { ERRORS, type ErrorCode, LIMITS, Refusal } from '../protocol/index.ts'

/** What the catalogue's functions answer: `code`, and what belongs to it. */
export interface CatalogueAnswer {
  readonly code: string
  readonly replayed?: boolean
  readonly venueId?: string
  readonly planId?: string
  readonly labels?: readonly string[]
}

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
  const giveUpAt = performance.now() + LIMITS.deadlineMs
  let code = 'unavailable' as ErrorCode
  for (let attempt = 1; ; attempt++) {
    let client: pg.PoolClient | undefined
    try {
      client = await database.pool.connect()
      return await callOnce<Answer>(client, sql, values)
    } catch (error) {
      const kind = classify(error)
      if (kind === 'bug') throw error
      if (client) code = kind === 'lost' || code === 'outcome_unknown' ? 'outcome_unknown' : 'busy'
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
): Promise<Answer> {
  let failure: Error | undefined
  try {
    await client.query(`begin; set local statement_timeout = ${LONG_MS}`)
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
  }
}

/** Throws the refusal unless the catalogue did what it was asked. */
export function expectDone(answer: CatalogueAnswer, details: { detail?: string } = {}): void {
  if (answer.code === 'done' || answer.code === 'already') return
  if (!(answer.code in ERRORS)) throw new Error(`the catalogue answered ${answer.code}`)
  throw new Refusal(answer.code as ErrorCode, details)
}
