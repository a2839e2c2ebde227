import type { Database } from '../../db/index.ts'
import type { WriteHealth } from './write-health.ts'

/** Health is asked by several, and often; a trial costs the database a little file. */
const TRIAL_EVERY_MS = 1_000
const PATIENCE_MS = 2_000

/**
 * Writes a few pages, which are gone afterwards, and a record of the log: what fails where the disk
 * is full. Where the database only reads, it divides by zero.
 */
const TRY_TO_WRITE = `
  begin;
  set local statement_timeout = ${PATIENCE_MS};
  select 1 / (current_setting('transaction_read_only') = 'off')::int;
  do $$
  begin
    if has_database_privilege(current_database(), 'temporary') then
      create temporary table rowlock_trial on commit drop
        as select repeat(md5(number::text), 250) as filler from generate_series(1, 16) as number;
    end if;
  end
  $$;
  select pg_logical_emit_message(true, 'rowlock', 'trial');
  commit`

/** Finds out whether writing would succeed again, when nobody has written since it failed. */
export class WriteTrial {
  readonly #database: Database
  readonly #health: WriteHealth
  #triedAt = Number.NEGATIVE_INFINITY
  #trial: Promise<boolean> = Promise.resolve(false)

  constructor(database: Database, health: WriteHealth) {
    this.#database = database
    this.#health = health
  }

  /** Never throws, and never takes much longer than two seconds. */
  async mayWrite(): Promise<boolean> {
    if (this.#database.unsafe().length > 0) return false
    if (!this.#health.isFailing) return true
    if (performance.now() - this.#triedAt >= TRIAL_EVERY_MS) {
      this.#triedAt = performance.now()
      this.#trial = this.#try()
    }
    return await this.#trial
  }

  async #try(): Promise<boolean> {
    const late = Promise.withResolvers<boolean>()
    const timer = setTimeout(() => late.resolve(false), PATIENCE_MS)
    const written = this.#write().then(
      () => true,
      (error: unknown) => {
        this.#database.failures.note(error, 'watch')
        return false
      },
    )
    try {
      return await Promise.race([written, late.promise])
    } finally {
      clearTimeout(timer)
    }
  }

  async #write(): Promise<void> {
    const client = await this.#database.pool.connect()
    let failure: Error | undefined
    try {
      await client.query(TRY_TO_WRITE)
    } catch (error) {
      failure = error as Error
      throw error
    } finally {
      // A connection whose transaction failed is not given to anybody else.
      client.release(failure)
    }
    this.#health.committed()
  }
}
