import type { JournalEntry, Show } from '../../src/protocol/index.ts'
import { chainIdOf } from './chains.ts'

/**
 * Claim on a seat, and until when it lasts: milliseconds since 1970, infinite for bookings and
 * blocks.
 */
interface Claim {
  readonly chain: string
  readonly until: number
  readonly kind: 'h' | 'b' | 'x'
}

/** Replay of a journal by somebody else than the kernel. */
export interface Replay {
  /** Seats that were taken while somebody had them, or given back by somebody else. */
  readonly collisions: readonly string[]
  /** Versions that are missing, and steps on what was not there. */
  readonly gaps: readonly string[]
  /** Holders who had more seats than the show allows. */
  readonly excesses: readonly string[]
  /** Seats that were taken, over all entries. */
  readonly takenCount: number
  /** The letter of every seat that somebody has, at a time. */
  letters(at: number): Map<string, string>
}

/**
 * Plays a journal from its first entry, with nothing but a map from seats to claims: an independent
 * opinion on what the kernel did under its locks.
 */
export function replayJournal(entries: readonly JournalEntry[], show: Show): Replay {
  const claims = new Map<string, Claim>()
  const holders = new Holders(show.maxSeatsPerHolder)
  const collisions: string[] = []
  const gaps: string[] = []
  let takenCount = 0
  let version = 0
  for (const entry of entries) {
    if (entry.version !== version + 1) gaps.push(`version ${entry.version} follows ${version}`)
    version = entry.version
    if (entry.id === null) continue
    const chain = chainIdOf(entry.id)
    const at = Date.parse(entry.at)
    for (const seat of entry.freed) {
      const owner = claims.get(seat)?.chain
      if (owner === chain) claims.delete(seat)
      else collisions.push(`${entry.kind} ${entry.id} gave back ${seat}, which ${owner} had`)
    }
    const own = claimOf(entry, chain)
    // What is left of a hold that ran out belongs to nobody, or to somebody else by now.
    const taken = own.until > at ? entry.seats : []
    for (const seat of taken) {
      const claim = claims.get(seat)
      if (claim?.chain !== chain) takenCount += 1
      if (claim && claim.chain !== chain && claim.until > at) {
        collisions.push(`${entry.kind} ${entry.id} took seat ${seat}, which ${claim.chain} had`)
      }
      claims.set(seat, own)
    }
    holders.change(entry, chain, at)
  }
  const letters = (at: number) => {
    const live = [...claims].filter(([, { until }]) => until > at)
    return new Map(live.map(([seat, { kind }]) => [seat, kind]))
  }
  return { collisions, gaps, excesses: holders.excesses, takenCount, letters }
}

function claimOf({ kind, until, bookedAt }: JournalEntry, chain: string): Claim {
  if (bookedAt !== null) return { chain, until: Number.POSITIVE_INFINITY, kind: 'b' }
  const isBlock = kind === 'block' || kind === 'unblock'
  if (isBlock || until === null) return { chain, until: Number.POSITIVE_INFINITY, kind: 'x' }
  return { chain, until: Date.parse(until), kind: 'h' }
}

/** Promise 10, worked out: the seats of each holder in live holds and bookings. */
class Holders {
  readonly excesses: string[] = []
  readonly #seatsMax: number | null
  readonly #chains = new Map<string, Map<string, { count: number; until: number }>>()

  constructor(seatsMax: number | null) {
    this.#seatsMax = seatsMax
  }

  change({ kind, holder, seats, until, bookedAt }: JournalEntry, chain: string, at: number): void {
    if (holder === null || this.#seatsMax === null) return
    const chains = this.#chains.get(holder) ?? new Map()
    this.#chains.set(holder, chains)
    const isForEver = bookedAt !== null || until === null
    const endsAt = isForEver ? Number.POSITIVE_INFINITY : Date.parse(until)
    chains.set(chain, { count: seats.length, until: endsAt })
    if (kind !== 'hold' && kind !== 'book') return
    let total = 0
    for (const one of chains.values()) if (one.until > at) total += one.count
    if (total <= this.#seatsMax) return
    this.excesses.push(`${holder} had ${total} seats at ${new Date(at).toISOString()}`)
  }
}
