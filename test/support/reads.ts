import assert from 'node:assert/strict'
import type { Command } from '../../src/engine/lanes/command.ts'
import type { Session } from './kernel.ts'

/** Counts of what was read of the kernel's tables. */
export interface Reads {
  readonly scans: number
  /** Rows, and entries of indexes. */
  readonly rows: number
}

/** Has a batch done in a transaction of its own, and counts what that reads. */
export async function readsOf(session: Session, ...batch: readonly Command[]): Promise<Reads> {
  await session.begin()
  const before = await readSoFar(session)
  const outcomes = await session.apply(...batch)
  const after = await readSoFar(session)
  await session.commit()
  for (const { n, code } of outcomes) assert.equal(code, 'done', `${batch[n]?.kind}: ${code}`)
  return { scans: after.scans - before.scans, rows: after.rows - before.rows }
}

async function readSoFar({ client }: Session): Promise<Reads> {
  const { rows } = await client.query<Reads>(
    `select
       sum(pg_stat_get_xact_numscans(c.oid))::int as scans,
       sum(
         pg_stat_get_xact_tuples_returned(c.oid) + pg_stat_get_xact_tuples_fetched(c.oid)
       )::int as rows
     from pg_class as c
     where c.relnamespace = 'rowlock'::regnamespace`,
  )
  return rows[0] as Reads
}
