import type pg from 'pg'
import { messageOf } from './connect-error.ts'
import { readDurability, readUnsafeOfNodes } from './durability.ts'
import type { Failures } from './failures.ts'
import { readIdentity } from './identity.ts'
import type { Primary } from './primary.ts'
import { sqlstateOf } from './sqlstate.ts'

const WATCH_MS = 2_000
/** Looks between two looks at migrations, which come once in a month. */
const MIGRATION_EVERY = 15

/** Settings of a watch, and whom it tells. */
export interface WatchSettings {
  readonly onDurability?: (unsafe: readonly string[]) => void
  readonly watchDurabilityMs?: number
  /** True when nothing may be written without a synchronous standby. */
  readonly requireSync?: boolean
  /** Serve whatever the settings are. */
  readonly allowUnsafeDurability?: boolean
  /** True when answers have to survive on other nodes, too. */
  readonly isSharded?: boolean
}

/** Facts that only a look at the database tells; null where it did not. */
export interface WatchedState {
  /** True when commits wait for a standby. */
  readonly isSynchronous: boolean | null
  /** Standbys that commits wait for; null too without the right to see them. */
  readonly synchronousStandbys: number | null
  /** The number of the newest migration. */
  readonly migration: number | null
}

/**
 * Looks every two seconds whether a crash could lose what is answered, and whether this is still
 * the database that it was: settings change by a mere reload, and behind a pooler the database
 * changes without any connection of ours that breaks. What cannot be asked stays as it was.
 */
export class DatabaseWatch {
  #unsafe: readonly string[] = []
  #unsafeOfNodes: readonly string[] = []
  #state: WatchedState = { isSynchronous: null, synchronousStandbys: null, migration: null }
  #lookCount = 0
  #isLooking = false
  readonly #pool: pg.Pool
  readonly #primary: Primary
  readonly #failures: Failures
  readonly #settings: WatchSettings
  readonly #timer: NodeJS.Timeout

  constructor(pool: pg.Pool, primary: Primary, failures: Failures, settings: WatchSettings) {
    this.#pool = pool
    this.#primary = primary
    this.#failures = failures
    this.#settings = settings
    const everyMs = settings.watchDurabilityMs ?? WATCH_MS
    this.#timer = setInterval(() => void this.#look(), everyMs)
    this.#timer.unref()
  }

  get unsafe(): readonly string[] {
    return this.#unsafe
  }

  get state(): WatchedState {
    return this.#state
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #look(): Promise<void> {
    if (this.#isLooking || this.#pool.ending) return
    this.#isLooking = true
    try {
      await this.#ask()
    } catch (error) {
      if (!this.#pool.ending) this.#failures.note(error, 'watch')
    } finally {
      this.#isLooking = false
    }
  }

  async #ask(): Promise<void> {
    if (this.#settings.isSharded) await this.#askNodes()
    const { unsafe } = await readDurability(this.#pool)
    const identity = await readIdentity(this.#pool as unknown as pg.ClientBase)
    const problem = this.#problemOf(() => this.#primary.see(identity))
    const standbys = await readStandbyCount(this.#pool)
    const isAlone = this.#settings.requireSync === true && standbys === 0
    this.#judge([
      ...(this.#settings.allowUnsafeDurability ? [] : [...unsafe, ...this.#unsafeOfNodes]),
      ...(problem === null ? [] : [problem]),
      ...(isAlone && problem === null ? ['a synchronous standby'] : []),
    ])
    const isDue = this.#lookCount++ % MIGRATION_EVERY === 0
    const migration = isDue ? await readMigration(this.#pool) : this.#state.migration
    this.#state = {
      isSynchronous: identity.isSynchronous,
      synchronousStandbys: standbys,
      migration,
    }
  }

  /** A node that cannot be reached must not keep the coordinator from being looked at. */
  async #askNodes(): Promise<void> {
    try {
      this.#unsafeOfNodes = await readUnsafeOfNodes(this.#pool)
    } catch (error) {
      this.#failures.note(error, 'watch')
    }
  }

  /** Finds what is wrong with the database that answers, in the words of `unsafe`. */
  #problemOf(see: () => void): string | null {
    try {
      see()
      return null
    } catch (error) {
      this.#failures.note(error, 'watch')
      // Statements fail by themselves on a standby, which may be promoted any moment.
      if (sqlstateOf(error) === '25006') return null
      return PROBLEMS[sqlstateOf(error) ?? ''] ?? messageOf(error)
    }
  }

  #judge(unsafe: readonly string[]): void {
    const isNews = unsafe.join() !== this.#unsafe.join()
    this.#unsafe = unsafe
    if (isNews) this.#settings.onDurability?.(unsafe)
  }
}

/** Problems by the code of who found them. */
const PROBLEMS: Readonly<Record<string, string>> = {
  RL001: 'the primary that was seen before',
  RL002: 'synchronous_standby_names',
}

/**
 * Null while the role that we act as lacks `pg_read_all_stats`: it sees that there are standbys,
 * and not which. None at all is certain in any case.
 */
async function readStandbyCount(pool: pg.Pool): Promise<number | null> {
  const { rows } = await pool.query<{ count: number | null }>(
    `select case
       when bool_or(sync_state is null) then null
       else count(*) filter (where sync_state in ('sync', 'quorum'))::int
     end as count
     from pg_stat_replication`,
  )
  return rows[0]?.count ?? null
}

async function readMigration(pool: pg.Pool): Promise<number | null> {
  try {
    const { rows } = await pool.query<{ number: number | null }>(
      `select max(substring(name from '^migrations/(\\d{3})_'))::int as number
       from rowlock.migrations`,
    )
    return rows[0]?.number ?? null
  } catch (error) {
    // Not migrated yet.
    if (['42P01', '3F000'].includes(sqlstateOf(error) ?? '')) return null
    throw error
  }
}
