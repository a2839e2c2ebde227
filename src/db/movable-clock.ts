import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { type ConnectionTarget, connectClient, toClientConfig } from './connection.ts'
import { SQL_DIR } from './sql-files.ts'

/** The clock of a database for development, which moves on when it is told to. */
export interface MovableClock {
  /** The time there, in milliseconds since 1970, and how far it was moved. */
  read(): Promise<ClockReading>
  /** Moves it on by so many seconds, for good. */
  advance(seconds: number): Promise<ClockReading>
}

/** Reading of a movable clock. */
export interface ClockReading {
  readonly nowMs: number
  readonly movedSeconds: number
}

/** Somebody wants to sell from a database whose clock was, or may be, moved. */
export class MovableClockError extends Error {
  override readonly name = 'MovableClockError'

  constructor() {
    super(
      'This database was made by "rowlock dev": its clock can be moved, so it must not sell. ' +
        'Use another one.',
    )
  }
}

const SHOWN = `rowlock.ms(rowlock.clock())::float8 as "nowMs",
  extract(epoch from moved)::float8 as "movedSeconds"`

/** Gives a migrated database a movable clock. Needs its owner; may be repeated. */
export async function makeClockMovable(owner: ConnectionTarget): Promise<MovableClock> {
  const text = await readFile(join(SQL_DIR, 'development/movable_clock.sql'), 'utf8')
  await asOwner(owner, (client) => client.query(text))
  const show = (statement: string, values: readonly unknown[] = []) =>
    asOwner(owner, async (client) => {
      const { rows } = await client.query<ClockReading>(statement, [...values])
      return rows[0] as ClockReading
    })
  return {
    read: () => show(`select ${SHOWN} from rowlock_dev.clock`),
    advance: async (seconds) => {
      await show(`update rowlock_dev.clock set moved = moved + $1 * interval '1 second'`, [seconds])
      return show(`select ${SHOWN} from rowlock_dev.clock`)
    },
  }
}

/** Tells whether the clock can be moved. */
export async function hasMovableClock(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ movable: boolean }>(
    "select to_regnamespace('rowlock_dev') is not null as movable",
  )
  return rows[0]?.movable === true
}

/** Throws `MovableClockError` where the clock can be moved. */
export async function refuseMovableClock(client: pg.Client): Promise<void> {
  if (await hasMovableClock(client)) throw new MovableClockError()
}

async function asOwner<T>(
  owner: ConnectionTarget,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await connectClient(toClientConfig(owner))
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
