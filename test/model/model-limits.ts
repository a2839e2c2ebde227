/** Model of what counts against the limits of a show: plainly, from all chains that there are. */
import type { Command } from '../../src/engine/lanes/command.ts'
import type { ModelEntry } from './model-answers.ts'

const HOUR_MS = 3_600_000
const BEGUN_PER_SEAT = 4

/** Everything that was ever said of a hold, booking or block. */
export interface ModelChain {
  readonly entries: readonly ModelEntry[]
  /** Command that began it. */
  readonly begun: Command
  /** Owner now. */
  readonly owner: string | null
}

/** All chains of a show, by their ids. */
export type ModelChains = ReadonlyMap<string, ModelChain>

/** The last entry of a chain. */
export function latestOf({ entries }: ModelChain): ModelEntry {
  return entries.at(-1) as ModelEntry
}

/** Seats in live holds and bookings of a holder of this owner; what is blocked for them is not. */
export function seatsOfHolder(
  chains: ModelChains,
  owner: string | null,
  holder: string,
  now: number,
): number {
  return countSeats(chains, now, (chain) => {
    if (chain.begun.kind === 'block') return false
    return chain.owner === owner && latestOf(chain).holder === holder
  })
}

/** Seats in live holds that somebody began who may have so many at once. */
export function seatsHeldBy(chains: ModelChains, actor: string, now: number): number {
  return countSeats(chains, now, (chain) => {
    const { kind, held_seats_max, actor: beginner } = chain.begun
    if (kind !== 'hold' || held_seats_max === null) return false
    return beginner === actor && latestOf(chain).bookedAt === null
  })
}

function countSeats(chains: ModelChains, now: number, counts: (chain: ModelChain) => boolean) {
  let count = 0
  for (const chain of chains.values()) {
    const latest = latestOf(chain)
    if (latest.until > now && counts(chain)) count += latest.seats.length
  }
  return count
}

/**
 * Tells whether a holder has begun, within an hour of the first one, four holds for each seat of
 * the budget.
 */
export function hasBegunEnough(
  chains: ModelChains,
  { actor, held_seats_max }: Command,
  now: number,
): boolean {
  if (held_seats_max === null) return false
  let [count, since] = [0, Number.NEGATIVE_INFINITY]
  for (const { begun, entries } of chains.values()) {
    const [first] = entries
    if (begun.kind !== 'hold' || begun.actor !== actor || !first) continue
    if (first.at >= since + HOUR_MS) [count, since] = [0, first.at]
    count += 1
  }
  return since + HOUR_MS > now && count >= BEGUN_PER_SEAT * held_seats_max
}
