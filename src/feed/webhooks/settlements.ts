import type { Engine } from '../../engine/index.ts'

type Report = Parameters<Engine['settleLeases']>[1][number]

interface Waiting {
  readonly report: Report
  readonly resolve: (isKept: boolean) => void
  readonly reject: (error: unknown) => void
}

/** Leases of one round trip: each of them is a row to lock. */
const AT_ONCE = 100

/**
 * Tells the database how far leases have come: those that are reported while it answers go
 * together, next. Of 50 webhooks that are told of one show, most share a commit.
 */
export class Settlements {
  readonly #engine: Pick<Engine, 'settleLeases'>
  readonly #server: string
  readonly #waiting: Waiting[] = []
  #isAsking = false

  constructor(engine: Pick<Engine, 'settleLeases'>, server: string) {
    this.#engine = engine
    this.#server = server
  }

  /** Answers whether this server still has the lease. */
  settle(report: Report): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>()
    this.#waiting.push({ report, resolve, reject })
    if (!this.#isAsking) void this.#ask()
    return promise
  }

  async #ask(): Promise<void> {
    this.#isAsking = true
    while (this.#waiting.length > 0) {
      const asked = this.#waiting.splice(0, AT_ONCE)
      try {
        const reports = asked.map(({ report }) => report)
        const kept = await this.#engine.settleLeases(this.#server, reports)
        for (const [index, { resolve }] of asked.entries()) resolve(kept[index] ?? false)
      } catch (error) {
        for (const { reject } of asked) reject(error)
      }
    }
    this.#isAsking = false
  }
}
