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

/**
 * Notes the batch in the session when all of it is done, and does nothing unless the one that it
 * goes behind has been noted.
 */
const inTurn = (where: string) => `
  select
    applied.answers,
    set_config(
      'rowlock.last_batch',
      case
        when applied.answers is null then ''
        when position('"code":"${NOT_NOW}"' in applied.answers::text) > 0 then ''
        else $4
      end,
      false
    )
  from (
    select
      case
        when $5::text is null or current_setting('rowlock.last_batch', true) = $5
        then rowlock.apply_at($1, $2::json, $3)
      end as answers
    ${where}
    offset 0
  ) as applied`
const APPLY_IN_TURN = inTurn('')
const APPLY_IN_TURN_DURABLY = inTurn(`where ${WAITS_FOR_DISK}`)

type Target = Pick<Database, 'namedStatements' | 'isDurable' | 'isSharded'>

/** Place of a batch among those of its connection. */
export interface Turn {
  /** Name that no other batch of the connection has. */
  readonly name: string
  /** The batch right before it, without which it is not done; null where nothing is under way. */
  readonly after: string | null
}

/** Tells whether batches may go right behind each other: they need a session of their own. */
export function mayFollow({ namedStatements, isSharded }: Target): boolean {
  return namedStatements && !isSharded
}

/**
 * Sends a batch, in one round trip and one transaction. The only place that knows how. The show is
 * any of those of its bucket: where they are in shards, it says which way the batch goes. Null when
 * nothing was done, because the batch that it goes behind was not done as a whole.
 */
export async function apply(
  client: pg.Client,
  showId: number,
  batch: readonly (Command & { readonly n: number })[],
  { namedStatements, isDurable, isSharded }: Target,
  turn: Turn | null = null,
): Promise<readonly Outcome[] | null> {
  const values: unknown[] = [showId, JSON.stringify(batch), Date.now()]
  // Citus sends nothing but the call itself to the node, which sees to its disk there.
  const isForDisk = isDurable && !isSharded
  let text = isForDisk ? APPLY_DURABLY : APPLY
  if (turn !== null) {
    text = isForDisk ? APPLY_IN_TURN_DURABLY : APPLY_IN_TURN
    values.push(turn.name, turn.after)
  }
  const name = turn === null ? 'apply' : 'apply_in_turn'
  const query = namedStatements ? { name, text, values } : { text, values }
  const { rows } = await client.query<{ answers: Outcome[] | null }>(query)
  return rows[0]?.answers ?? (turn === null ? [] : null)
}
