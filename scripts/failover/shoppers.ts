import { setTimeout as delay } from 'node:timers/promises'
import { type Client, createClient } from '../../src/client/index.ts'

const COUNT = 8
const SHOW = 'failover'
const PATIENCE_MS = 60_000

/** Shoppers who book one seat after the other, through the SDK and its retries. */
export class Shoppers {
  readonly #client: Client
  readonly #at: number[] = []
  readonly #working: Promise<void>[] = []
  #nextSeat = 0
  #isOver = false
  /** References of the bookings that were answered. */
  readonly answered = new Set<string>()
  readonly errors: string[] = []

  constructor(url: string, operatorKey: string) {
    this.#client = createClient({ server: url, key: operatorKey })
  }

  async open(): Promise<void> {
    await this.#client.createShow({
      key: SHOW,
      title: 'Failover',
      startsAt: '2035-01-01T20:00:00Z',
      seats: { rows: 'A-AN', seatsPerRow: 1_000 },
    })
    for (let count = 0; count < COUNT; count++) this.#working.push(this.#buy())
  }

  /** Resolves when so many more have been answered. */
  async untilMore(count: number): Promise<void> {
    const wanted = this.#at.length + count
    await this.#until(`${count} more bookings`, () => this.#at.length >= wanted)
  }

  /** Instant at which the first booking after another instant was answered. */
  async firstAfter(instant: number): Promise<number> {
    const find = () => this.#at.find((at) => at > instant)
    await this.#until('a booking', () => find() !== undefined)
    return find() as number
  }

  async close(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#working)
  }

  async #buy(): Promise<void> {
    while (!this.#isOver) {
      const seat = this.#nextSeat++
      const label = `${rowName(Math.floor(seat / 1_000))}${(seat % 1_000) + 1}`
      const reference = `payment-${seat}`
      try {
        await this.#client.bookSeats(SHOW, { seats: [label], reference })
        this.answered.add(reference)
        this.#at.push(performance.now())
      } catch (error) {
        this.errors.push(String((error as { code?: string }).code ?? error))
      }
    }
  }

  async #until(what: string, isSo: () => boolean): Promise<void> {
    const giveUpAt = performance.now() + PATIENCE_MS
    while (!isSo()) {
      if (performance.now() > giveUpAt) throw new Error(`Waited in vain for ${what}.`)
      await delay(2)
    }
  }
}

/** A to Z, then AA to AN, as the grid names its rows. */
function rowName(index: number): string {
  const letter = (n: number) => String.fromCharCode(65 + n)
  return index < 26 ? letter(index) : letter(Math.floor(index / 26) - 1) + letter(index % 26)
}
