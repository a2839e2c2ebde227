import type {
  Counts,
  LiveHold,
  SeatChange,
  SeatStatus,
  ShowChange,
  ShowSnapshot,
} from '../protocol/index.ts'
import type { Clock } from './clock.ts'
import type { ShowView } from './show-watch.ts'

/** In the order of their codes. A test holds them against the protocol's. */
export const STATUSES: readonly SeatStatus[] = ['available', 'held', 'booked', 'blocked']
/** The letter of each code. */
export const LETTERS = 'ahbx'

const AVAILABLE = 0
const HELD = 1

/** The view behind a watch: what the events so far make of a show. */
export class LiveView implements ShowView {
  show = ''
  version = 0
  asOf = ''
  codes = new Uint8Array(0)
  readonly counts: Counts = { total: 0, available: 0, held: 0, booked: 0, blocked: 0 }
  readonly #clock: Clock
  /** End of the hold of each seat that is held. */
  readonly #untils = new Map<number, number>()
  /** The database's time less ours. An event that took long makes it too small, never too large. */
  #aheadMs = Number.NEGATIVE_INFINITY

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get seatCount(): number {
    return this.codes.length
  }

  statusOf(seatNo: number): SeatStatus {
    return STATUSES[this.codes[seatNo] ?? AVAILABLE] as SeatStatus
  }

  heldUntil(seatNo: number): number | null {
    return this.#untils.get(seatNo) ?? null
  }

  now(): number {
    return this.#clock.now() + this.#aheadMs
  }

  /** Forgets what it knew of the database's clock: a new connection may be to another database. */
  resetClock(): void {
    this.#aheadMs = Number.NEGATIVE_INFINITY
  }

  /** Replaces everything. */
  replace({ show, version, asOf, statuses, holds }: ShowSnapshot): void {
    this.show = show
    this.codes = new Uint8Array(statuses.length)
    this.#untils.clear()
    Object.assign(this.counts, { total: 0, available: 0, held: 0, booked: 0, blocked: 0 })
    for (let seatNo = 0; seatNo < statuses.length; seatNo++) {
      const code = LETTERS.indexOf(statuses[seatNo] as string)
      this.codes[seatNo] = code
      this.counts[STATUSES[code] as SeatStatus] += 1
    }
    this.counts.total = statuses.length
    for (const [seatNo, until] of holds) this.#untils.set(seatNo, until)
    this.#date(version, asOf)
  }

  /** Brings the seats to what a change says; answers the numbers of those that are now others. */
  change({ version, asOf, changes, holds, seatCount = 0 }: ShowChange): number[] {
    const changed: number[] = []
    for (let seatNo = this.seatCount; seatNo < seatCount; seatNo++) changed.push(seatNo)
    if (seatCount > this.seatCount) this.#grow(seatCount)
    for (const change of changes) if (this.#set(change)) changed.push(change[0])
    if (holds !== undefined) changed.push(...this.#holdExactly(holds))
    this.#date(version, asOf)
    return changed
  }

  /** After a gap: these seats are held and no others; what was held before has run out. */
  #holdExactly(holds: readonly LiveHold[]): number[] {
    const live = new Set(holds.map(([seatNo]) => seatNo))
    const ended = [...this.#untils.keys()].filter((seatNo) => !live.has(seatNo))
    for (const seatNo of ended) this.#set([seatNo, 'a', null])
    const held = holds.filter(([seatNo, until]) => this.#set([seatNo, 'h', until]))
    return [...ended, ...held.map(([seatNo]) => seatNo)]
  }

  #set([seatNo, letter, until]: SeatChange): boolean {
    const code = LETTERS.indexOf(letter)
    const isNew = seatNo >= this.codes.length
    if (isNew) this.#grow(seatNo + 1)
    const before = this.codes[seatNo] as number
    const untilBefore = this.heldUntil(seatNo)
    this.codes[seatNo] = code
    this.counts[STATUSES[before] as SeatStatus] -= 1
    this.counts[STATUSES[code] as SeatStatus] += 1
    if (code === HELD && until !== null) this.#untils.set(seatNo, until)
    else this.#untils.delete(seatNo)
    return isNew || before !== code || untilBefore !== this.heldUntil(seatNo)
  }

  #grow(seatCount: number): void {
    const codes = new Uint8Array(seatCount)
    codes.set(this.codes)
    this.counts.total = seatCount
    this.counts.available += seatCount - this.codes.length
    this.codes = codes
  }

  #date(version: number, asOf: string): void {
    this.version = version
    this.asOf = asOf
    this.#aheadMs = Math.max(this.#aheadMs, Date.parse(asOf) - this.#clock.now())
  }
}
