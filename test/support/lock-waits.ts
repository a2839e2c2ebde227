import type pg from 'pg'
import { until } from './until.ts'

/**
 * The processes that wait for a lock in the database of this connection, longest wait first. Who
 * has not yet noticed that its wait is over is blocked by nobody, and is left out.
 */
export async function lockWaits(watcher: pg.ClientBase): Promise<number[]> {
  // Inside of a transaction, the activity would stay as it was when it was first looked at.
  await watcher.query('select pg_stat_clear_snapshot()')
  const { rows } = await watcher.query<{ pid: number }>(
    `select pid from pg_stat_activity
     where datname = current_database()
       and wait_event_type = 'Lock'
       and pg_blocking_pids(pid) <> '{}'
     order by query_start`,
  )
  return rows.map(({ pid }) => pid)
}

/** Resolves with the processes that wait for a lock, as soon as they are what the test needs. */
export async function untilLockWaits(
  watcher: pg.ClientBase,
  areEnough: (pids: readonly number[]) => boolean = (pids) => pids.length > 0,
): Promise<number[]> {
  return until('somebody who waits for a lock', async () => {
    const pids = await lockWaits(watcher)
    return areEnough(pids) ? pids : null
  })
}
