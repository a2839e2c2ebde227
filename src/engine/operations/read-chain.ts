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
    to_json(chain) as entry,
    chain.origin,
    rowlock.ms(moment.now) as now
  from rowlock.chains as chain
  join rowlock.show_times as moment on moment.show_id = chain.show_id
  where chain.show_id = $1
    and chain.hold_id = $2
    and (chain.owner is null or chain.owner = $3 or $4)`

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
