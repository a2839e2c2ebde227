import type { Engine } from '../../src/engine/index.ts'
import { Refusal } from '../../src/protocol/index.ts'
import { by } from '../support/engines.ts'
import type { Operation, Seen } from './linearizable.ts'

/** Does what a client does, and writes down what it was told and when. */
export class Recorder {
  readonly history: Operation[] = []
  readonly #show: string
  readonly #labels: readonly string[]
  #count = 0

  constructor(show: string, labels: readonly string[]) {
    this.#show = show
    this.#labels = labels
  }

  /** The id of the hold, or null when it was refused. */
  async hold(engine: Engine, seats: readonly number[]): Promise<string | null> {
    return this.#write('hold', seats, null, async () => {
      const body = { seats: seats.map((seat) => this.#labels[seat] as string) }
      const { value } = await engine.holdSeats(by('client'), this.#show, body)
      return { id: value.id, until: Date.parse(value.expiresAt), version: value.version }
    })
  }

  /** The id of the booking. */
  async book(engine: Engine, seats: readonly number[]): Promise<string | null> {
    return this.#write('book', seats, null, async () => {
      const body = { seats: seats.map((seat) => this.#labels[seat] as string) }
      const { value } = await engine.bookSeats(by('client'), this.#show, body)
      return { id: value.id.replace('book_', 'hold_'), until: 0, version: value.version }
    })
  }

  async confirm(engine: Engine, id: string, seats: readonly number[]): Promise<string | null> {
    return this.#write('confirm', seats, id, async () => {
      const { value } = await engine.confirmHold(by('client'), this.#show, id, {})
      return { id, until: 0, version: value.version }
    })
  }

  async release(engine: Engine, id: string, seats: readonly number[]): Promise<string | null> {
    return this.#write('release', seats, id, async () => {
      const { value } = await engine.releaseHold(by('client'), this.#show, id, {})
      return { id, until: 0, version: value.version }
    })
  }

  async cancel(engine: Engine, id: string, seats: readonly number[]): Promise<string | null> {
    return this.#write('cancel', seats, id, async () => {
      const booking = id.replace('hold_', 'book_')
      const { value } = await engine.cancelBooking(by('client'), this.#show, booking, {})
      return { id, until: 0, version: value.version }
    })
  }

  async read(engine: Engine): Promise<void> {
    const invokedAt = now()
    const { version, asOf, statuses } = (await engine.getStatuses(this.#show)).read()
    const { items } = await engine.listSeats(this.#show, { limit: 1000 })
    const answeredAt = now()
    const seats = this.#labels.map((_, seat) => seat)
    const common = { id: `read ${this.#count++}`, outcome: 'done' as const, until: 0, seats }
    const letters = new Map<number, Seen>()
    for (const [seat, letter] of [...statuses].entries()) {
      if (letter === 'a') continue
      letters.set(seat, { status: letter === 'b' ? 'booked' : 'held', until: null })
    }
    // Letters do not say until when, so the registers are judged by the list.
    const listed = new Map<number, Seen>()
    for (const [seat, { status, heldUntil }] of items.entries()) {
      if (status !== 'held' && status !== 'booked') continue
      listed.set(seat, { status, until: heldUntil === null ? null : Date.parse(heldUntil) })
    }
    const times = { invokedAt, answeredAt }
    const snapshot = { ...common, kind: 'read' as const, version, asOf: Date.parse(asOf) }
    this.snapshots.push({ ...snapshot, seen: letters, ...times })
    this.history.push({ ...snapshot, version: null, seen: listed, ...times })
  }

  /** Reads with a version, over all seats at one moment. */
  readonly snapshots: Operation[] = []

  async #write(
    kind: Operation['kind'],
    seats: readonly number[],
    id: string | null,
    send: () => Promise<Pick<Operation, 'id' | 'until' | 'version'>>,
  ): Promise<string | null> {
    const invokedAt = now()
    try {
      const told = await send()
      const times = { asOf: 0, invokedAt, answeredAt: now() }
      this.history.push({ kind, seats, ...told, outcome: 'done', seen: new Map(), ...times })
      return told.id
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const isUnknown = error.code === 'outcome_unknown'
      if (error.code === 'busy') return null
      this.history.push({
        kind,
        seats,
        id: id ?? `unknown ${this.#count++}`,
        until: 0,
        outcome: isUnknown ? 'unknown' : 'refused',
        seen: this.#seenBy(error),
        version: null,
        asOf: 0,
        invokedAt,
        answeredAt: isUnknown ? Number.POSITIVE_INFINITY : now(),
      })
      return null
    }
  }

  #seenBy({ details }: Refusal): Map<number, Seen> {
    const seen = new Map<number, Seen>()
    for (const { seat, reason, until } of details.seats ?? []) {
      if (reason !== 'held' && reason !== 'booked') throw new Error(`${seat} was ${reason}`)
      const status = { status: reason, until: until === undefined ? null : Date.parse(until) }
      seen.set(this.#labels.indexOf(seat), status)
    }
    return seen
  }
}

/** The wall clock, finer than milliseconds. */
function now(): number {
  return performance.timeOrigin + performance.now()
}
