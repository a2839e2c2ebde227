import type { JournalEntry } from '../../../src/protocol/index.ts'
import { seatKey } from '../../../src/protocol/labels.ts'
import { shortId } from '../parts/short-id.ts'

/**
 * An entry, and the seats that it took which its chain did not have before. One kind is not in the
 * journal: nobody writes down that a hold ran out (`expire`), it is derived.
 */
export interface LedgerEntry extends JournalEntry {
  readonly took: readonly string[]
}

/** Kinds of chains of entries. */
export type ChainKind = 'hold' | 'booking' | 'block'

/** A hold, a booking or a block, as the journal tells it. A hold that is confirmed is a booking. */
export interface Chain {
  /** Number that its ids have in common: a booking keeps the number of its hold. */
  readonly number: string
  kind: ChainKind
  /** The id under which it is asked for now. */
  id: string
  /** Seats that it has; empty when it was given back altogether. */
  seats: readonly string[]
  holder: string | null
  reference: string | null
  /** Reason why the seats are blocked. */
  reason: string | null
  /** End of the hold, in milliseconds since 1970. */
  until: number | null
  readonly entries: LedgerEntry[]
}

/**
 * Record of who has what, replayed from the journal. Entries come in order, each once. Whether a
 * hold still lives is a question of time: ask `isLive`.
 */
export class Ledger {
  readonly entries: LedgerEntry[] = []
  /** Holds that ran out before something else became of them, in the order in which they did. */
  #ends: LedgerEntry[] = []
  readonly #openHolds = new Set<Chain>()
  readonly chains = new Map<string, Chain>()
  readonly #owners = new Map<string, Chain>()

  get version(): number {
    return this.entries.at(-1)?.version ?? 0
  }

  /** Takes the next entry; one that is known already is passed over. */
  add(entry: JournalEntry): void {
    if (entry.version <= this.version) return
    const chain = entry.id === null ? null : this.#chainOf(entry.id, entry)
    if (chain !== null) this.#settle(chain, entry.at)
    const before = new Set(chain?.seats)
    const whole = { ...entry, took: entry.seats.filter((label) => !before.has(label)) }
    this.entries.push(whole)
    if (chain === null || entry.id === null) return
    chain.entries.push(whole)
    for (const label of chain.seats) {
      if (this.#owners.get(label) === chain) this.#owners.delete(label)
    }
    for (const label of entry.seats) this.#owners.set(label, chain)
    chain.id = entry.id
    chain.kind = kindOf(entry)
    chain.seats = entry.seats
    chain.holder = entry.holder
    const isBlock = chain.kind === 'block'
    // The journal has the reason of a block where bookings have their reference.
    chain.reference = isBlock ? null : entry.reference
    chain.reason = isBlock ? entry.reference : null
    chain.until = entry.until === null ? null : Date.parse(entry.until)
    if (chain.kind === 'hold' && chain.seats.length > 0) this.#openHolds.add(chain)
    else this.#openHolds.delete(chain)
  }

  /**
   * Lists what happened until now, in order: the journal, and between its entries the holds that
   * ran out. The last `countMax` lines of it.
   */
  timeline(now: number, countMax = Number.POSITIVE_INFINITY): LedgerEntry[] {
    for (const chain of this.#openHolds) this.#noteEnd(chain, now)
    const latest = [...this.entries.slice(-countMax), ...this.#ends.slice(-countMax)]
    return latest.sort(inTime).slice(-countMax)
  }

  /** The last one that took the seat; a hold of it may have run out. */
  ownerOf(label: string): Chain | null {
    return this.#owners.get(label) ?? null
  }

  /** By a hold's, a booking's or a block's id. */
  chain(id: string): Chain | null {
    return this.chains.get(numberOf(id)) ?? null
  }

  /** Holds whose time has not run out, the one that ends first in front. */
  liveHolds(now: number): Chain[] {
    return [...this.chains.values()]
      .filter((chain) => chain.kind === 'hold' && isLive(chain, now))
      .sort((a, b) => (a.until ?? 0) - (b.until ?? 0))
  }

  /**
   * Chains whose holder, reference, reason or id has the text somewhere, and the one that has the
   * seat; the latest first.
   */
  search(text: string, countMax: number): Chain[] {
    const wanted = text.trim().toLowerCase()
    if (wanted === '') return []
    const owner = this.#owners.get(seatKey(text)) ?? this.#ownerByKey(seatKey(text))
    const found = new Set(owner === null ? [] : [owner])
    for (const chain of [...this.chains.values()].toReversed()) {
      if (found.size >= countMax) break
      const words = [chain.holder, chain.reference, chain.reason, chain.id, `hold_${chain.number}`]
      if (words.some((word) => word?.toLowerCase().includes(wanted) === true)) found.add(chain)
    }
    return [...found]
  }

  /** Notes that a hold ran out, if it did before `now`. */
  #noteEnd(chain: Chain, now: number): void {
    const end = this.#openHolds.has(chain) ? endOf(chain, now) : null
    if (end === null) return
    this.#openHolds.delete(chain)
    this.#ends.push(end)
    this.#ends.sort(inTime)
  }

  /** News of a chain. An end that was noted too early, before a late extension, was none. */
  #settle(chain: Chain, at: string): void {
    this.#noteEnd(chain, Date.parse(at))
    const isWrong = (end: LedgerEntry) => chain.entries.at(-1)?.version === end.version - 0.5
    this.#ends = this.#ends.filter((end) => !(isWrong(end) && end.at > at))
  }

  #ownerByKey(key: string): Chain | null {
    for (const [label, chain] of this.#owners) if (seatKey(label) === key) return chain
    return null
  }

  #chainOf(id: string, entry: JournalEntry): Chain {
    const number = numberOf(id)
    const known = this.chains.get(number)
    if (known !== undefined) return known
    const { holder, reference } = entry
    const kind = kindOf(entry)
    const nothing = { reason: null, until: null, seats: [], entries: [] }
    const chain: Chain = { ...nothing, number, kind, id, holder, reference }
    this.chains.set(number, chain)
    return chain
  }
}

/** That a hold ran out, in the form of an entry; null while it has not, by `now`. */
export function endOf(chain: Chain, now: number): LedgerEntry | null {
  const last = chain.entries.at(-1)
  if (last === undefined || chain.kind !== 'hold' || chain.seats.length === 0) return null
  if (chain.until === null || chain.until > now) return null
  return {
    ...last,
    kind: 'expire',
    // Behind the last entry before it: where it stands if clocks say the same.
    version: last.version + 0.5,
    at: new Date(chain.until).toISOString(),
    actor: '',
    seats: [],
    took: [],
    freed: [...chain.seats],
  }
}

/** Tells whether it has its seats still. `now` in milliseconds since 1970, by the database. */
export function isLive(chain: Chain, now: number): boolean {
  if (chain.seats.length === 0) return false
  return chain.kind !== 'hold' || (chain.until ?? 0) > now
}

/** Names a chain: by whom it is for, by what it was paid with, or by its number. */
export function nameOf(chain: Chain): string {
  if (chain.kind === 'block') return chain.reason ?? 'Blocked'
  if (chain.holder !== null) return shortId(chain.holder)
  return chain.reference ?? `${chain.kind} ${chain.number.slice(0, 6)}`
}

/** Reason for something that was done, if one was given. */
export function reasonOf({ details }: JournalEntry): string | null {
  return typeof details?.reason === 'string' ? details.reason : null
}

/** RFC 3339 in UTC sorts as text; what is derived stands behind what it follows. */
function inTime(a: LedgerEntry, b: LedgerEntry): number {
  if (a.at !== b.at && Math.floor(a.version) !== Math.floor(b.version)) return a.at < b.at ? -1 : 1
  return a.version - b.version
}

function numberOf(id: string): string {
  return id.slice(id.indexOf('_') + 1)
}

function kindOf({ id, bookedAt }: JournalEntry): ChainKind {
  if (id?.startsWith('block_') === true) return 'block'
  return bookedAt === null ? 'hold' : 'booking'
}
