import type { ShowReading } from '../../src/engine/index.ts'

/** Entry of a journal: what it says of the seats. */
interface Entry {
  readonly seats: readonly number[]
  readonly freed: readonly number[]
  readonly until: number | null
  readonly booked: boolean
}

interface Claim {
  /** Null means for ever. */
  readonly until: number | null
  readonly booked: boolean
}

/** Entries beyond which the kernel gives the whole picture instead; it allows 1,000. */
const ENTRIES_MAX = 6

/**
 * A show in memory that answers readings as `rowlock.read_show` does: what states and views are
 * held against, without a database and without waiting.
 */
export class ShowModel {
  now = 1_000_000
  #entries: Entry[] = [{ seats: [], freed: [], until: null, booked: false }]
  readonly #claims: (Claim | null)[]

  constructor(seatCount: number) {
    this.#claims = Array.from({ length: seatCount }, () => null)
  }

  get version(): number {
    return this.#entries.length
  }

  get seatCount(): number {
    return this.#claims.length
  }

  /** Holds seats, for a time in milliseconds; null blocks them. Those that are taken stay. */
  take(seats: readonly number[], forMs: number | null): void {
    const free = seats.filter((seat) => this.#letterOf(seat) === 'a')
    const until = forMs === null ? null : this.now + forMs
    this.#write({ seats: free, freed: [], until, booked: false })
  }

  book(seats: readonly number[]): void {
    const mine = seats.filter((seat) => 'ah'.includes(this.#letterOf(seat)))
    this.#write({ seats: mine, freed: [], until: null, booked: true })
  }

  /** Gives seats back, whatever they are, as release, cancel and unblock do. */
  free(seats: readonly number[]): void {
    const taken = seats.filter((seat) => this.#letterOf(seat) !== 'a')
    this.#write({ seats: [], freed: taken, until: this.now, booked: false })
  }

  addSeat(): void {
    this.#claims.push(null)
    this.#write({ seats: [], freed: [], until: null, booked: false })
  }

  /** Forgets its last entries, as a standby that takes over too early does. */
  rewind(count: number): void {
    this.#entries.length = Math.max(1, this.#entries.length - count)
    this.#claims.fill(null)
    for (const entry of this.#entries) this.#apply(entry)
  }

  read(since: number | null): ShowReading {
    const reading = {
      now: this.now,
      version: this.version,
      seatCount: this.seatCount,
      cancelled: false,
    }
    if (since !== null && since <= this.version && since >= this.version - ENTRIES_MAX) {
      const entries = this.#entries
        .slice(since)
        .map((entry) => [entry.seats, entry.freed, entry.until, entry.booked] as const)
      return { ...reading, changes: { entries } }
    }
    const seats = [...this.#claims.keys()].filter((seat) => this.#letterOf(seat) !== 'a')
    const claims = seats.map((seat) => this.#claims[seat] as Claim)
    const untils = claims.map(({ until }) => until)
    const booked = claims.map((claim) => (claim.booked ? 1 : 0))
    return { ...reading, changes: { claims: { seats, untils, booked } } }
  }

  /** Every seat: its letter, and the end of its hold. */
  truth(): string[] {
    return this.#claims.map((claim, seat) => {
      const letter = this.#letterOf(seat)
      return letter === 'h' ? `h${claim?.until}` : letter
    })
  }

  #write(entry: Entry): void {
    this.#entries.push(entry)
    this.#apply(entry)
  }

  #apply({ seats, freed, until, booked }: Entry): void {
    for (const seat of freed) this.#claims[seat] = null
    for (const seat of seats) this.#claims[seat] = { until: booked ? null : until, booked }
  }

  #letterOf(seat: number): string {
    const claim = this.#claims[seat]
    if (!claim) return 'a'
    if (claim.booked) return 'b'
    if (claim.until === null) return 'x'
    return claim.until > this.now ? 'h' : 'a'
  }
}
