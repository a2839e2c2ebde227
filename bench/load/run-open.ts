import { HttpConnection } from '../../rig/index.ts'
import { type LongestPauses, Pauses } from '../processes/pauses.ts'
import type { OpenJob, OpenResult } from './jobs.ts'
import { connectTo } from './request.ts'
import { buy, readLabels } from './run-cycles.ts'
import { SeatSupply } from './seat-supply.ts'
import { Tally } from './tally.ts'

/** A buyer is late by as much as the generator is: it looks for arrivals this often. */
const TICK_MS = 1

/**
 * Buyers arrive by chance (a Poisson process), whatever becomes of those before them. Each takes a
 * connection that is free; where none is, it waits, and its time counts all the same.
 */
export async function runOpen(job: OpenJob): Promise<OpenResult> {
  const labels = await readLabels(job.ports[0] as number, job.shows[0] as string)
  const supply = new SeatSupply(job.shows, labels, job.spread, job.seatsPerHold)
  const ports = Array.from({ length: job.connections }, (_, n) => job.ports[n % job.ports.length])
  const places = await Promise.all(
    ports.map(async (port) => new Place(port as number, await connectTo(port as number))),
  )
  const tally = new Tally()
  try {
    const pauses = await new Crowd(job, [...places], supply, tally).go()
    return { ...tally.result(), pauses }
  } finally {
    for (const place of places) place.close()
  }
}

/** A connection of a buyer: another one, where the server has closed it because nobody came. */
class Place {
  readonly #port: number
  #client: HttpConnection

  constructor(port: number, client: HttpConnection) {
    this.#port = port
    this.#client = client
  }

  get client(): HttpConnection {
    if (!this.#client.isOpen) {
      this.#client = new HttpConnection({ host: '127.0.0.1', port: this.#port })
    }
    return this.#client
  }

  close(): void {
    this.#client.close()
  }
}

class Crowd {
  readonly #job: OpenJob
  readonly #free: Place[]
  readonly #supply: SeatSupply
  readonly #tally: Tally
  /** Arrival times of those who have no connection yet. */
  readonly #waiting: number[] = []
  #buyingCount = 0
  #whenDone = () => {}

  constructor(job: OpenJob, free: Place[], supply: SeatSupply, tally: Tally) {
    this.#job = job
    this.#free = free
    this.#supply = supply
    this.#tally = tally
  }

  /** Resolves with the pauses of this process while it counted. */
  async go(): Promise<LongestPauses> {
    const { warmSeconds, seconds, rate } = this.#job
    const beginsAt = performance.now() + warmSeconds * 1000
    const endsAt = beginsAt + seconds * 1000
    let pauses: Pauses | undefined
    let nextAt = performance.now()
    let failure: unknown
    while (nextAt < endsAt && failure === undefined) {
      const now = performance.now()
      if (pauses === undefined && now >= beginsAt) {
        pauses = new Pauses()
        this.#tally.begin()
      }
      for (; nextAt <= now; nextAt += gapMs(rate)) this.#waiting.push(nextAt)
      this.#serve((error) => {
        failure = error
      })
      await new Promise((resolve) => setTimeout(resolve, TICK_MS))
    }
    const longest = pauses?.end() ?? { loop: 0, garbage: 0 }
    await this.#allDone()
    if (failure !== undefined) throw failure
    return longest
  }

  #allDone(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#buyingCount === 0) resolve()
      else this.#whenDone = resolve
    })
  }

  #serve(onFailure: (error: unknown) => void): void {
    while (this.#waiting.length > 0 && this.#free.length > 0) {
      const place = this.#free.pop() as Place
      const cameAt = this.#waiting.shift() as number
      const { show, labels } = this.#supply.next()
      this.#buyingCount += 1
      void buy(place.client, this.#tally, show, labels, cameAt)
        .catch(onFailure)
        .finally(() => {
          this.#free.push(place)
          this.#buyingCount -= 1
          this.#serve(onFailure)
          if (this.#buyingCount === 0) this.#whenDone()
        })
    }
  }
}

function gapMs(perSecond: number): number {
  return (-Math.log(1 - Math.random()) / perSecond) * 1000
}
