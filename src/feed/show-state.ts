import { Picture, type ShowReading } from '../engine/index.ts'
import {
  type LiveHold,
  SEAT_STATUSES,
  type SeatChange,
  type ShowChange,
  type ShowSnapshot,
  STATUS_LETTERS,
} from '../protocol/index.ts'

const LETTERS = SEAT_STATUSES.map((status) => STATUS_LETTERS[status])
const CODES = LETTERS.map((letter) => letter.charCodeAt(0))
const HELD = SEAT_STATUSES.indexOf('held')

/** The seats that a reading changed; `isRewound` when the database knows less than it did. */
export interface StateChange {
  readonly seats: readonly number[]
  readonly isRewound: boolean
}

/**
 * State of one show as the feed knows it: its seats as of a version and a time, and for each seat
 * the last version that spoke of it, so that anybody who knows a version can be told what came
 * after it.
 */
export class ShowState {
  readonly #show: string
  readonly #picture = new Picture()
  /** Codes of the reading before. */
  #codes = new Uint8Array(0)
  #untils = new Float64Array(0)
  #touched = new Uint32Array(0)
  /** Every version after this one has left its mark in `#touched`. */
  #knownFrom = 0
  /** The first end of a hold, in milliseconds since 1970 by the database; Infinity without one. */
  nextEndAt = Number.POSITIVE_INFINITY

  constructor(show: string) {
    this.#show = show
  }

  get version(): number {
    return this.#picture.version
  }

  /** The database's time of the last reading, in milliseconds since 1970. */
  get now(): number {
    return this.#picture.now
  }

  get seatCount(): number {
    return this.#picture.seatCount
  }

  /**
   * True when the database's clock was set back since the last reading. Holds that this state saw
   * end may count again, and it has forgotten them: the show must be read as a whole.
   */
  wasOvertaken(reading: ShowReading): boolean {
    return reading.now < this.now && 'entries' in reading.changes
  }

  /** Takes a reading that was asked for with this state's version, or with null at first. */
  apply(reading: ShowReading): StateChange {
    const before = this.version
    this.#picture.apply(reading)
    this.#resize()
    if ('entries' in reading.changes) this.learn(before, reading)
    else this.#forget()
    return { seats: this.#compare(), isRewound: this.version < before }
  }

  /** Marks what the entries of a reading after a version speak of; without entries, nothing. */
  learn(since: number, { changes, version: readVersion }: ShowReading): void {
    // A gap between what it tells and what is known would be taken for knowledge.
    if (!('entries' in changes) || readVersion < this.#knownFrom) return
    changes.entries.forEach(([seats, freed], index) => {
      const version = since + index + 1
      for (const list of [seats, freed]) {
        for (const seat of list) {
          if (version > (this.#touched[seat] ?? version)) this.#touched[seat] = version
        }
      }
    })
    this.#knownFrom = Math.min(this.#knownFrom, since)
  }

  /** True when `changeSince` can tell everything that came after the version. */
  knows(version: number): boolean {
    return version >= this.#knownFrom && version <= this.version
  }

  /** Change of some seats. */
  changeOf(seats: Iterable<number>): ShowChange {
    return { ...this.#date(), changes: Array.from(seats, (seat) => this.#changeOf(seat)) }
  }

  /**
   * Tells everything to somebody who knows a version. Holds that run out leave no mark, so all
   * that live are listed: others have ended. Seats that were added may have left none, so they are
   * counted.
   */
  changeSince(version: number): ShowChange {
    const changes: SeatChange[] = []
    this.#touched.forEach((touched, seat) => {
      if (touched > version) changes.push(this.#changeOf(seat))
    })
    return { ...this.#date(), changes, holds: this.#holds(), seatCount: this.seatCount }
  }

  snapshot(): ShowSnapshot {
    const letters = this.#codes.map((code) => CODES[code] as number)
    return {
      show: this.#show,
      ...this.#date(),
      statuses: Buffer.from(letters.buffer).toString('latin1'),
      holds: this.#holds(),
    }
  }

  #date(): { version: number; asOf: string } {
    return { version: this.version, asOf: new Date(this.now).toISOString() }
  }

  #changeOf(seat: number): SeatChange {
    const code = this.#codes[seat] as number
    const letter = LETTERS[code] as SeatChange[1]
    return [seat, letter, code === HELD ? (this.#untils[seat] as number) : null]
  }

  #holds(): LiveHold[] {
    const holds: LiveHold[] = []
    this.#codes.forEach((code, seat) => {
      if (code === HELD) holds.push([seat, this.#untils[seat] as number])
    })
    return holds
  }

  /** Finds what is not as it was, and remembers how it is. */
  #compare(): number[] {
    const { statuses, untils } = this.#picture
    const changed: number[] = []
    this.nextEndAt = Number.POSITIVE_INFINITY
    for (let seat = 0; seat < statuses.length; seat++) {
      const code = statuses[seat] as number
      const until = code === HELD ? (untils[seat] as number) : 0
      if (code === HELD && until < this.nextEndAt) this.nextEndAt = until
      if (code === this.#codes[seat] && until === this.#untils[seat]) continue
      this.#codes[seat] = code
      this.#untils[seat] = until
      changed.push(seat)
    }
    return changed
  }

  /** Version before which nothing is known, or all is of another history. */
  #forget(): void {
    this.#knownFrom = this.version
    this.#touched.fill(0)
  }

  /** Seats that are new are changed: they are made to differ from anything that they can be. */
  #resize(): void {
    const { seatCount } = this.#picture
    const before = this.#codes.length
    if (seatCount === before) return
    const codes = new Uint8Array(seatCount).fill(255, Math.min(before, seatCount))
    const untils = new Float64Array(seatCount)
    const touched = new Uint32Array(seatCount)
    codes.set(this.#codes.subarray(0, seatCount))
    untils.set(this.#untils.subarray(0, seatCount))
    touched.set(this.#touched.subarray(0, seatCount))
    this.#codes = codes
    this.#untils = untils
    this.#touched = touched
  }
}
