import { untilReady } from './ready.ts'
import type { KillableStage } from './stage.ts'

/** A process that was killed. Times in milliseconds since the sale opened. */
export interface Kill {
  readonly what: string
  /** Index of the server; null for the database, which is behind all of them. */
  readonly server: number | null
  readonly at: number
  /** Instant at which every server was ready again; null while they are not. */
  readonly backAt: number | null
}

interface PlannedKill {
  /** Share of the seats that are booked, or of the time that is over, whichever comes first. */
  readonly bookedShare: number
  readonly timeShare: number
  readonly what: string
  readonly server: number | null
  run(): Promise<void>
}

/** Before the sale is half over, so that much is left to go wrong afterwards. */
const FIRST = { bookedShare: 0.25, timeShare: 0.25 }
const SECOND = { bookedShare: 0.55, timeShare: 0.5 }

/** `kill -9` in the middle of a sale: of one server, then of the database. One at a time. */
export class Kills {
  readonly done: Kill[] = []
  readonly #servers: readonly string[]
  readonly #planned: PlannedKill[]
  readonly #now: () => number
  #current: Promise<void> | null = null

  constructor(stage: KillableStage, servers: readonly string[], now: () => number) {
    this.#servers = servers
    this.#now = now
    const server = servers.length - 1
    const { killDatabase } = stage
    this.#planned = [
      {
        ...FIRST,
        what: `server ${server + 1}`,
        server,
        run: () => stage.killServer(server),
      },
    ]
    if (killDatabase) {
      this.#planned.push({ ...SECOND, what: 'the database', server: null, run: killDatabase })
    }
  }

  /** Kills what is due. Both in shares from 0 to 1. */
  look(bookedShare: number, timeShare: number): void {
    const [next] = this.#planned
    if (!next || this.#current) return
    if (bookedShare < next.bookedShare && timeShare < next.timeShare) return
    this.#planned.shift()
    // What does not come back has no `backAt`: the verdict speaks of it.
    this.#current = this.#kill(next)
      .catch(() => {})
      .finally(() => {
        this.#current = null
      })
  }

  /** Resolves when everything runs again, or when that is not to be expected any more. */
  async finish(): Promise<void> {
    await this.#current
  }

  async #kill({ what, server, run }: PlannedKill): Promise<void> {
    const index = this.done.push({ what, server, at: this.#now(), backAt: null }) - 1
    const kill = this.done[index] as Kill
    await run()
    await untilReady(this.#servers)
    this.done[index] = { ...kill, backAt: this.#now() }
  }
}
