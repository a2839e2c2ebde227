import { chainOf } from '../history/history.ts'
import type { Ask } from './recorder.ts'

/** A hold, booking or block that somebody of the run was told of. */
export interface Belonging {
  readonly id: string
  readonly kind: 'hold' | 'booking' | 'block'
  readonly caller: string
  readonly seats: readonly string[]
  /** When a hold ends, by the database's clock: milliseconds since 1970. */
  readonly endsAt: number
}

/** Kept of each kind: older ones are of no interest any more. */
const KEPT_MAX = 60
const ASKS_MAX = 200

/** Knowledge that the clients of one show have together. */
export class Belongings {
  #list: Belonging[] = []
  #asks: Ask[] = []

  /** Learns what an answer told: it replaces what was known of the same chain. */
  learn(one: Belonging): void {
    this.forget(one.id)
    if (one.seats.length > 0) this.#list.push(one)
    if (this.#list.length > KEPT_MAX) this.#list.shift()
  }

  forget(id: string): void {
    const chain = chainOf(id)
    this.#list = this.#list.filter((known) => chainOf(known.id) !== chain)
  }

  /** Of a kind, and of a caller unless that does not matter. */
  all(kind: Belonging['kind'], caller: string | null): Belonging[] {
    return this.#list.filter((one) => {
      return one.kind === kind && (caller === null || one.caller === caller)
    })
  }

  /** Remembers a request, to be asked again much later. */
  keep(ask: Ask): void {
    this.#asks.push(ask)
    if (this.#asks.length > ASKS_MAX) this.#asks.shift()
  }

  get asks(): readonly Ask[] {
    return this.#asks
  }
}
