import type { FastifyRequest } from 'fastify'
import { AnonymousCallers } from './anonymous-callers.ts'
import type { LimitSettings } from './limit-settings.ts'
import { openRateLimits, type RateLimits } from './rate-limits.ts'
import { ReadsPerClient } from './reads-per-client.ts'
import { StreamsPerClient } from './streams-per-client.ts'

/** Everything that is counted by client, and the names of those who have none. */
export interface ActiveLimits {
  readonly rates: RateLimits
  readonly anonymous: AnonymousCallers
  readonly reads: ReadsPerClient
}

/** Choice of limits that are on, or come to be on. */
export interface LimitChoice {
  /** On from the beginning; null: not. */
  readonly limits: LimitSettings | null
  /** On as soon as somebody forwards requests whom nobody named; null: not even then. */
  readonly limitsIfForwarded: LimitSettings | null
  /** Told once when that happens. */
  readonly onForwarded: (isLimitedNow: boolean) => void
}

/** Headers that a proxy adds, and nobody who connects by itself. */
const FORWARDED = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'forwarded'] as const

/**
 * The limits of one server. A server that only this machine can reach needs none, but a proxy on
 * the machine lets everybody reach it: so they come on with the first request that was forwarded.
 */
export class Limits {
  readonly streams: StreamsPerClient
  readonly #spare: ActiveLimits | null
  readonly #onForwarded: LimitChoice['onForwarded']
  #active: ActiveLimits | null
  #isForwarded = false

  constructor(choice: LimitChoice, pseudonymOf: (address: string) => string) {
    const settings = choice.limits ?? choice.limitsIfForwarded
    const made = settings && {
      rates: openRateLimits(settings),
      anonymous: new AnonymousCallers(pseudonymOf, settings.heldSeatsMax),
      reads: new ReadsPerClient(settings.readsPerClient),
    }
    this.streams = new StreamsPerClient(settings?.streamsPerClient ?? Number.POSITIVE_INFINITY)
    this.#active = choice.limits === null ? null : made
    this.#spare = made
    this.#onForwarded = choice.onForwarded
  }

  /** Null while nothing is limited. */
  get active(): ActiveLimits | null {
    return this.#active
  }

  /** True when a request was forwarded by somebody whom nobody named. */
  get isForwarded(): boolean {
    return this.#isForwarded
  }

  /** Looks at a request to a server that trusts no proxy. */
  watch({ headers }: Pick<FastifyRequest, 'headers'>): void {
    if (this.#isForwarded || !FORWARDED.some((name) => headers[name] !== undefined)) return
    this.#isForwarded = true
    const isLimitedNow = this.#active === null && this.#spare !== null
    this.#active ??= this.#spare
    this.#onForwarded(isLimitedNow)
  }
}
