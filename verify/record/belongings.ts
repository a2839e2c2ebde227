import { chainOf } from '../history/history.ts'
import type { Ask } from './recorder.ts'

/** A hold, booking or block that somebody of the run was told of. */
export interface Belonging {
  readonly id: string
  readonly kind: 'hold' | 'booking' | 'block'
  readonly caller: string
  readonly seats: readonly string[]
  /** End of a hold by the database's clock, in milliseconds since 1970. */
  readonly endsAt: number
}

/** Kept of each kind: older ones are of no interest any more. */
const KEPT_MAX = 60
const ASKS_MAX = 200
const LEFT_MAX = 6
const PAGE_ENDS_MAX = 20

/** Knowledge that the clients of one show have together. */
export class Belongings {
  #list: Belonging[] = []
  #asks: Ask[] = []
  #left: string[] = []
  #pageEnds: string[] = []

  /** Learns what an answer told: it replaces what was known of the same chain. */
  learn(one: Belonging): void {
    this.forget(one.id, one.seats)
    if (one.seats.length > 0) this.#list.push(one)
    if (this.#list.length > KEPT_MAX) this.#list.shift()
  }

  /** Forgets a chain that is over, or has only some seats of those that it had. */
  forget(id: string, kept: readonly string[] = []): void {
    const chain = chainOf(id)
    const [known] = this.#list.filter((one) => chainOf(one.id) === chain)
    this.#list = this.#list.filter((one) => one !== known)
    const left = known?.seats.filter((seat) => !kept.includes(seat)) ?? []
    this.#left = [...new Set([...this.#left, ...left])].slice(-LEFT_MAX)
  }

  /** Seats that somebody had until lately: they may be free. */
  get left(): readonly string[] {
    return this.#left
  }

  /** Belongings of a kind, and of a caller unless that does not matter. */
  all(kind: Belonging['kind'], caller: string | null): Belonging[] {
    return this.#list.filter((one) => {
      return one.kind === kind && (caller === null || one.caller === caller)
    })
  }

  /** Learns where a page of events ended. */
  learnPageEnd(after: string): void {
    this.#pageEnds = [...this.#pageEnds, after].slice(-PAGE_ENDS_MAX)
  }

  get pageEnds(): readonly string[] {
    return this.#pageEnds
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
