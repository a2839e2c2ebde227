import type { Context } from '../context.ts'
import type { Entry } from '../lanes/command.ts'
import type { SoldShow } from '../sold-show.ts'

/** The last entry of a hold, booking or block, and what it began as. */
export interface Chain {
  readonly entry: Entry
  readonly origin: string
  /** The show's time, in milliseconds since 1970. */
  readonly now: number
}

const READ_CHAIN = `
  select
    to_json(newest) as entry,
    first.kind as origin,
    rowlock.ms(greatest(rowlock.clock(), latest.at)) as now
  from rowlock.journal as first
  cross join lateral (
    select entry.*
    from rowlock.journal as entry
    where entry.show_id = first.show_id
      and entry.hold_id = first.hold_id
    order by entry.step desc
    limit 1
  ) as newest
  cross join lateral (
    select entry.at
    from rowlock.journal as entry
    where entry.show_id = first.show_id
    order by entry.version desc
    limit 1
  ) as latest
  where first.show_id = $1
    and first.hold_id = $2
    and first.step = 0`

/** Reads a chain, or null when the show has none of that id. */
export async function readChain(
  context: Context,
  show: SoldShow,
  holdId: string,
): Promise<Chain | null> {
  const [chain] = await context.database.read<Chain & Record<string, unknown>>(READ_CHAIN, [
    show.showId,
    holdId,
  ])
  return chain ?? null
}
