import type pg from 'pg'
import type { Database } from '../../db/index.ts'
import type { Command, Outcome } from './command.ts'

/**
 * Code for a show whose row somebody else has locked: nothing was done, and nothing is remembered.
 */
export const NOT_NOW = 'not_now'
/**
 * The database's clock is far beyond both the show's last entry and this server's clock: nothing
 * was done, because the show's time would never run back.
 */
export const CLOCK_AHEAD = 'clock_ahead'

/**
 * True, and sees to it that the commit waits for the disk, whatever has become of the settings of
 * database and role, also behind PgBouncer. What waits for more stays as it is.
 */
const WAITS_FOR_DISK = `(
  select case current_setting('synchronous_commit')
    when 'off' then set_config('synchronous_commit', 'on', true)
    else 'as it is'
  end
) is not null`

/** One document for all answers: as rows, each command would take node 10 µs instead of 7. */
const APPLY = 'select rowlock.apply_at($1, $2::json, $3) as answers'
const APPLY_DURABLY = `${APPLY} where ${WAITS_FOR_DISK}`

type Target = Pick<Database, 'namedStatements' | 'isDurable' | 'isSharded'>

/**
 * Sends a batch, in one round trip and one transaction. The only place that knows how. The show is
 * any of those of its bucket: where they are in shards, it says which way the batch goes.
 */
export async function apply(
  client: pg.Client,
  showId: number,
  batch: readonly (Command & { readonly n: number })[],
  { namedStatements, isDurable, isSharded }: Target,
): Promise<readonly Outcome[]> {
  const values = [showId, JSON.stringify(batch), Date.now()]
  // Citus sends nothing but the call itself to the node, which sees to its disk there.
  const text = isDurable && !isSharded ? APPLY_DURABLY : APPLY
  const query = namedStatements ? { name: 'apply', text, values } : { text, values }
  const { rows } = await client.query<{ answers: Outcome[] | null }>(query)
  return rows[0]?.answers ?? []
}
