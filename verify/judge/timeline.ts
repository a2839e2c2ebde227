import { chainOf, type Entry } from '../history/history.ts'

/** Statuses of a seat. */
export type Status = 'available' | 'held' | 'booked' | 'blocked'

/** Claim on a seat from a version on, and until when; `chain` is null when it was given back. */
export interface Claim {
  readonly version: number
  readonly chain: string | null
  readonly kind: 'held' | 'booked' | 'blocked'
  /** Milliseconds since 1970; infinite for bookings and blocks. */
  readonly until: number
}

/** An entry with its times as numbers. */
export interface Step {
  readonly entry: Entry
  readonly chain: string | null
  readonly at: number
  readonly until: number
  readonly kind: Claim['kind']
}

/** State of a seat at a version and a moment. */
export interface SeatState {
  readonly status: Status
  readonly chain: string | null
  readonly until: number
}

const FREE: SeatState = { status: 'available', chain: null, until: Number.NEGATIVE_INFINITY }

/** Turns an entry's times into numbers. Entries without a chain change terms, not seats. */
export function toStep(entry: Entry): Step {
  const isBlock = entry.id?.startsWith('block_') === true
  const kind = entry.bookedAt !== null ? 'booked' : isBlock ? 'blocked' : 'held'
  const until = kind !== 'held' || entry.until === null ? Number.POSITIVE_INFINITY : entry.until
  return {
    entry,
    chain: entry.id === null ? null : chainOf(entry.id),
    at: Date.parse(entry.at),
    until: typeof until === 'number' ? until : Date.parse(until),
    kind,
  }
}

/**
 * A journal, played once from its first entry: what every seat and every chain was at every
 * version. Version n is `steps[n - 1]` when there are no gaps.
 */
export class Timeline {
  readonly steps: readonly Step[]
  readonly #seats = new Map<string, Claim[]>()
  readonly #chains = new Map<string, Step[]>()

  constructor(entries: readonly Entry[]) {
    this.steps = entries.map(toStep)
    for (const step of this.steps) this.#play(step)
  }

  get last(): number {
    return this.steps.at(-1)?.entry.version ?? 0
  }

  /** The database's time of a version; of version 0, before everything. */
  timeOf(version: number): number {
    return version === 0 ? Number.NEGATIVE_INFINITY : (this.steps[version - 1]?.at ?? Number.NaN)
  }

  step(version: number): Step | undefined {
    return this.steps[version - 1]
  }

  /** Every seat that anybody ever had. */
  get touched(): Iterable<string> {
    return this.#seats.keys()
  }

  claim(seat: string, version: number): Claim | null {
    const claims = this.#seats.get(seat)
    return claims === undefined ? null : (atVersion(claims, (one) => one.version, version) ?? null)
  }

  seat(seat: string, version: number, at: number): SeatState {
    const claim = this.claim(seat, version)
    if (claim === null || claim.chain === null || claim.until <= at) return FREE
    return { status: claim.kind, chain: claim.chain, until: claim.until }
  }

  /** The last entry of a chain at a version; undefined before its first. */
  chain(chain: string, version: number): Step | undefined {
    const steps = this.#chains.get(chain)
    return steps && atVersion(steps, (one) => one.entry.version, version)
  }

  /** All entries of a chain, in order. */
  chainSteps(chain: string): readonly Step[] {
    return this.#chains.get(chain) ?? []
  }

  /** Last entries of holds that nobody confirmed or gave back: they ran out, or will. */
  get leftHolds(): Step[] {
    const last = [...this.#chains.values()].map((steps) => steps.at(-1) as Step)
    return last.filter(({ kind, entry }) => kind === 'held' && entry.seats.length > 0)
  }

  get chains(): ReadonlyMap<string, readonly Step[]> {
    return this.#chains
  }

  #play(step: Step): void {
    const { chain, entry, until, kind, at } = step
    if (chain === null) return
    const steps = this.#chains.get(chain) ?? []
    this.#chains.set(chain, steps)
    steps.push(step)
    for (const seat of entry.freed) {
      // Who gives back what another has changes nothing here; the rules speak of it.
      if (this.#seats.get(seat)?.at(-1)?.chain === chain) this.#set(seat, free(entry.version))
    }
    if (until <= at) return
    for (const seat of entry.seats) this.#set(seat, { version: entry.version, chain, kind, until })
  }

  #set(seat: string, claim: Claim): void {
    const claims = this.#seats.get(seat) ?? []
    this.#seats.set(seat, claims)
    if (claims.at(-1)?.version === claim.version) claims.pop()
    claims.push(claim)
  }
}

function free(version: number): Claim {
  return { version, chain: null, kind: 'held', until: Number.NEGATIVE_INFINITY }
}

/** The last item whose version is not beyond `version`, by bisection. */
function atVersion<Item>(
  items: readonly Item[],
  versionOf: (item: Item) => number,
  version: number,
): Item | undefined {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (versionOf(items[middle] as Item) <= version) low = middle + 1
    else high = middle
  }
  return items[low - 1]
}
