import type { Caller } from '../../calls/index.ts'
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

/** The last entry of a chain somewhere, and what is needed to tell its seats by their labels. */
export interface ChainRow {
  readonly entry: Entry
  readonly show_id: number
  readonly key: string
  readonly plan_id: string
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
    and first.step = 0
    and (first.owner is null or first.owner = $3 or $4)`

/** Reads a chain, or null when the show has none of that id that the caller may reach. */
export async function readChain(
  context: Context,
  caller: Caller,
  show: SoldShow,
  holdId: string,
): Promise<Chain | null> {
  const [chain] = await context.database.read<Chain & Record<string, unknown>>(READ_CHAIN, [
    show.showId,
    holdId,
    caller.owner,
    caller.boxOffice,
  ])
  return chain ?? null
}
