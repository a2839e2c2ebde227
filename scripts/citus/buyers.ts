import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type DatabaseSettings, openDatabase } from '../../src/db/index.ts'
import { type Caller, type Engine, openEngine } from '../../src/engine/index.ts'
import { type CreateShowBody, Refusal } from '../../src/protocol/index.ts'

const ASK_AGAIN: ReadonlySet<string> = new Set(['busy', 'outcome_unknown', 'unavailable'])
const PAUSE_MS = 20
const CALLER: Caller = {
  scope: 'rehearsal',
  actor: 'rehearsal',
  owner: null,
  boxOffice: true,
  seller: true,
  heldSeatsMax: null,
}

/** Buyers who hold one seat after the other and pay, at many shows at once, without a pause. */
export class Buyers {
  readonly engine: Engine
  readonly shows: string[] = []
  readonly #close: () => Promise<void>
  readonly #working: Promise<void>[] = []
  #nextSeat = 0
  #isOver = false
  #lastAt = performance.now()
  /** The keys of answered bookings' shows, by their references. */
  readonly answered = new Map<string, string>()
  /** Messages that were told instead of an answer or "ask again": a server would say 500. */
  readonly failures: string[] = []
  /** The longest time in which nobody was answered. */
  pauseMs = 0

  private constructor(engine: Engine, close: () => Promise<void>) {
    this.engine = engine
    this.#close = close
  }

  /** Opens an engine with a door of its own, and puts so many shows on sale. */
  static async open(settings: DatabaseSettings, showCount: number): Promise<Buyers> {
    const database = await openDatabase(settings)
    const engine = openEngine(database)
    const buyers = new Buyers(engine, async () => {
      await engine.close()
      await database.close()
    })
    await buyers.putOnSale(showCount)
    return buyers
  }

  /** Puts so many new shows on sale, and sells nothing else from now on. Nobody may be buying. */
  async putOnSale(showCount: number): Promise<void> {
    this.shows.length = 0
    this.#nextSeat = 0
    for (let count = 0; count < showCount; count++) await this.#putOnSale()
  }

  /** So many buyers at once, until `stop`. */
  start(count: number): void {
    this.#isOver = false
    this.#lastAt = performance.now()
    for (let buyer = 0; buyer < count; buyer++) this.#working.push(this.#buy())
  }

  /** Resolves when everybody has their answer. */
  async stop(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#working.splice(0))
  }

  async close(): Promise<void> {
    await this.stop()
    await this.#close()
  }

  /** Answered bookings that their shows do not have. */
  async lost(): Promise<string[]> {
    const found = new Set<string | null>()
    for (const show of this.shows) {
      let cursor: string | undefined
      do {
        const page = await this.engine.listBookings(CALLER, show, { limit: 1_000, cursor })
        for (const { reference } of page.items) found.add(reference)
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
    }
    return [...this.answered.keys()].filter((reference) => !found.has(reference))
  }

  /** Broken promises of all shows. */
  async violations(): Promise<unknown[]> {
    const found: unknown[] = []
    for (const show of this.shows) found.push(...(await this.engine.checkShow(show)))
    return found
  }

  async #putOnSale(): Promise<void> {
    const key = `rehearsal-${randomBytes(8).toString('hex')}`
    const body = {
      ...{ key, title: 'A rehearsal', startsAt: '2040-01-01T20:00:00Z' },
      ...{ seats: { rows: 'A-AN', seatsPerRow: 50 }, salesFrom: null, salesUntil: null },
      ...{ sellAfterStart: false, holdSeconds: 600, holdSecondsMax: 1_800 },
      ...{ holdLifeSecondsMax: 3_600, maxSeatsPerHold: 10, maxSeatsPerHolder: null },
      ...{ refuseOrphans: false, cancellable: true, confirmBy: 'holder' },
    }
    await this.engine.createShow({ caller: CALLER, idempotencyKey: key }, body as CreateShowBody)
    this.shows.push(key)
  }

  async #buy(): Promise<void> {
    while (!this.#isOver) {
      const seatNo = this.#nextSeat++
      const show = this.shows[seatNo % this.shows.length] as string
      const inShow = Math.floor(seatNo / this.shows.length) % 2_000
      const seat = `${rowName(Math.floor(inShow / 50))}${(inShow % 50) + 1}`
      const key = `${show}-${seatNo}`
      try {
        const held = await this.#ask(`hold-${key}`, (request) =>
          this.engine.holdSeats(request, show, { seats: [seat] }),
        )
        await this.#ask(`pay-${key}`, (request) =>
          this.engine.confirmHold(request, show, held.value.id, { reference: key }),
        )
        this.answered.set(key, show)
      } catch (error) {
        const code = error instanceof Refusal ? error.code : String(error)
        this.failures.push(code)
      }
    }
  }

  /** Asks again with the same key, as the SDK does. */
  async #ask<T>(
    idempotencyKey: string,
    write: (request: { caller: Caller; idempotencyKey: string }) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      try {
        const answer = await write({ caller: CALLER, idempotencyKey })
        const now = performance.now()
        this.pauseMs = Math.max(this.pauseMs, now - this.#lastAt)
        this.#lastAt = now
        return answer
      } catch (error) {
        if (!(error instanceof Refusal) || !ASK_AGAIN.has(error.code)) throw error
      }
      await delay(PAUSE_MS)
    }
  }
}

/** A to Z, then AA to AN, as the grid names its rows. */
function rowName(index: number): string {
  const letter = (n: number) => String.fromCharCode(65 + n)
  return index < 26 ? letter(index) : letter(Math.floor(index / 26) - 1) + letter(index % 26)
}
