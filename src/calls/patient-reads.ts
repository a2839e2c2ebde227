import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { classify, type Database } from '../db/index.ts'
import { Refusal } from '../protocol/index.ts'
import { currentTrace, deadlineWithin } from './deadline.ts'
import { KNOWN_AFTER, knownRefusal } from './failure-refusal.ts'
import { databaseSpan, endFailed } from './trace.ts'

const PAUSE_MS = 200

/**
 * A database whose reads outlast a restart of it: they are tried again until the deadline,
 * and then refused with `unavailable`, or `busy` when the database was there but did not get to it.
 */
export function withPatientReads(database: Database, deadlineMs: number): Database {
  return { ...database, read: (text, values) => readPatiently(database, deadlineMs, text, values) }
}

async function readPatiently<Row extends pg.QueryResultRow>(
  database: Database,
  deadlineMs: number,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  // A network that swallows everything keeps a read for longer than the deadline.
  const late = Promise.withResolvers<never>()
  const leftMs = deadlineWithin(deadlineMs) - performance.now()
  const timer = setTimeout(() => late.reject(refusal('unavailable')), Math.max(0, leftMs))
  const trace = currentTrace()
  const span = trace && databaseSpan(trace, 'read', { 'db.query.text': text })
  try {
    const giveUpAt = performance.now() + leftMs - PAUSE_MS
    const reading = keepReading<Row>(database, giveUpAt, text, values)
    const rows = await Promise.race([reading, late.promise])
    span?.end()
    return rows
  } catch (error) {
    if (span !== null) endFailed(span, error)
    throw error
  } finally {
    clearTimeout(timer)
  }
}

async function keepReading<Row extends pg.QueryResultRow>(
  database: Database,
  giveUpAt: number,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  for (let knownCount = 1; ; ) {
    try {
      return await database.read<Row>(text, values)
    } catch (error) {
      const kind = classify(error)
      const known = knownRefusal(error)
      if (known !== null && knownCount++ >= KNOWN_AFTER) throw known
      if (kind === 'bug' || database.pool.ending) throw error
      if (performance.now() > giveUpAt) throw refusal(kind === 'lost' ? 'unavailable' : 'busy')
    }
    await delay(PAUSE_MS)
  }
}

function refusal(code: 'unavailable' | 'busy'): Refusal {
  return new Refusal(code, { retryAfterSeconds: 1 })
}
