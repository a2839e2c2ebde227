import type { Counts, SeatStatus } from '../../protocol/index.ts'
import { SEAT_STATUSES } from '../../protocol/index.ts'

/** Answer of `rowlock.read_show`. Times in milliseconds since 1970; null means for ever. */
export interface ShowReading {
  readonly now: number
  readonly version: number
  /** Time of that version; left out by a database that is not migrated yet. */
  readonly at?: number
  readonly seatCount: number
  readonly cancelled: boolean
  readonly changes: { readonly entries: readonly EntryChange[] } | { readonly claims: ClaimColumns }
}

/**
 * Change by one journal entry: the seats it left taken, those it gave back, until when, if booked.
 */
type EntryChange = readonly [
  seats: readonly number[],
  freed: readonly number[],
  until: number | null,
  booked: boolean,
]

interface ClaimColumns {
  readonly seats: readonly number[]
  readonly untils: readonly (number | null)[]
  readonly booked: readonly (0 | 1)[]
}

/** Indices into `SEAT_STATUSES`. */
const AVAILABLE = 0
const HELD = 1
const BOOKED = 2
const BLOCKED = 3

/**
 * A show's seats as of a version, and as of a time. What it holds is a fact about that version and
 * never stale by itself; it is only used after the database was asked what came later.
 */
export class Picture {
  version = 0
  /** Time of the version. After a restore, another history may reach the same version later. */
  at = 0
  now = 0
  cancelled = false
  /** Grows by one whenever any seat's status changed: equal numbers mean equal statuses. */
  revision = 0
  /** Index into `SEAT_STATUSES` by seat number. */
  statuses = new Uint8Array(0)
  /** End of the hold by seat number, in milliseconds since 1970; meaningless unless held. */
  untils = new Float64Array(0)
  /** No hold ends before this; Infinity without holds. */
  #nextEndAt = Number.POSITIVE_INFINITY
  #heldCount = 0
  #heldCountRevision = -1

  get seatCount(): number {
    return this.statuses.length
  }

  /** Seats in live holds. */
  get heldCount(): number {
    if (this.#heldCountRevision !== this.revision) {
      this.#heldCount = this.statuses.reduce((sum, status) => sum + Number(status === HELD), 0)
      this.#heldCountRevision = this.revision
    }
    return this.#heldCount
  }

  /** Brings the picture to what was read. Readings must come in the order in which they began. */
  apply(reading: ShowReading): void {
    if (reading.seatCount !== this.seatCount) this.#resize(reading.seatCount)
    if ('claims' in reading.changes) this.#replace(reading.changes.claims)
    else for (const entry of reading.changes.entries) this.#change(entry)
    this.version = reading.version
    this.at = reading.at ?? 0
    this.now = reading.now
    this.cancelled = reading.cancelled
    if (reading.now >= this.#nextEndAt) this.#endHolds()
  }

  statusOf(seat: number): SeatStatus {
    return SEAT_STATUSES[this.statuses[seat] as number] as SeatStatus
  }

  /** The seats as they are now, which later readings leave alone. */
  copy(): Picture {
    const copy = new Picture()
    copy.version = this.version
    copy.at = this.at
    copy.now = this.now
    copy.cancelled = this.cancelled
    copy.statuses = this.statuses.slice()
    copy.untils = this.untils.slice()
    return copy
  }

  #replace(claims: ClaimColumns): void {
    this.revision += 1
    this.statuses.fill(AVAILABLE)
    this.#nextEndAt = Number.POSITIVE_INFINITY
    claims.seats.forEach((seat, index) => {
      this.#take(seat, claims.untils[index] ?? null, claims.booked[index] === 1)
    })
  }

  #change([seats, freed, until, booked]: EntryChange): void {
    this.revision += 1
    for (const seat of freed) this.statuses[seat] = AVAILABLE
    for (const seat of seats) this.#take(seat, until, booked)
  }

  #take(seat: number, until: number | null, booked: boolean): void {
    this.statuses[seat] = booked ? BOOKED : until === null ? BLOCKED : HELD
    if (booked || until === null) return
    this.untils[seat] = until
    if (until < this.#nextEndAt) this.#nextEndAt = until
  }

  /** Holds end by the database's clock alone; no entry says so. */
  #endHolds(): void {
    this.revision += 1
    this.#nextEndAt = Number.POSITIVE_INFINITY
    for (let seat = 0; seat < this.statuses.length; seat++) {
      if (this.statuses[seat] !== HELD) continue
      const until = this.untils[seat] as number
      if (until <= this.now) this.statuses[seat] = AVAILABLE
      else if (until < this.#nextEndAt) this.#nextEndAt = until
    }
  }

  #resize(seatCount: number): void {
    const statuses = new Uint8Array(seatCount)
    const untils = new Float64Array(seatCount)
    statuses.set(this.statuses.subarray(0, seatCount))
    untils.set(this.untils.subarray(0, seatCount))
    this.statuses = statuses
    this.untils = untils
    this.revision += 1
  }
}

/** Counts without seats. */
export function noCounts(): Counts {
  return { total: 0, available: 0, held: 0, booked: 0, blocked: 0 }
}
