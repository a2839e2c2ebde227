import type { Availability } from '../src/protocol/index.ts'
import type { Crowd } from './crowd.ts'
import type { Kills } from './kills.ts'
import type { Meter } from './meter.ts'
import type { Display } from './progress.ts'
import type { Sale } from './sale.ts'

/** Counts of seats by status, at a time in seconds since the sale opened. */
export interface HouseSample {
  readonly at: number
  readonly held: number
  readonly booked: number
}

const SAMPLE_MS = 500
/** More intervals than these tell an eye nothing. */
const INTERVALS_MAX = 300

/** Observer of the sale from the gallery: samples it, tells of it, and kills what is due. */
export class Observer {
  readonly samples: HouseSample[] = []
  /** The last counts; null before the first. */
  counts: Availability['counts'] | null = null
  /** Seconds until the last seat was sold; null while some are left. */
  soldOutAt: number | null = null
  readonly #sale: Sale
  readonly #crowd: Crowd
  readonly #meter: Meter
  readonly #kills: Kills | null
  readonly #display: Display
  #toldCount = 0

  constructor(
    sale: Sale,
    watched: { crowd: Crowd; meter: Meter; kills: Kills | null; display: Display },
  ) {
    this.#sale = sale
    this.#crowd = watched.crowd
    this.#meter = watched.meter
    this.#kills = watched.kills
    this.#display = watched.display
  }

  /** Watches until the sale is closed. */
  async watch(): Promise<void> {
    const intervalMs = Math.max(1_000, this.#sale.openMs / INTERVALS_MAX)
    const timer = setInterval(() => this.#tick(), intervalMs)
    try {
      for (let turn = 0; this.#sale.isOpen; turn++) {
        await this.#sample(turn)
        await this.#sale.pause(SAMPLE_MS)
      }
    } finally {
      clearInterval(timer)
      this.#tick()
    }
  }

  async #sample(turn: number): Promise<void> {
    const { api } = this.#sale
    const counts = await this.#sale.count(turn % api.servers.length)
    if (counts === null) return
    this.counts = counts
    const at = this.#sale.clock / 1000
    this.samples.push({ at, held: counts.held, booked: counts.booked })
    const isSoldOut = counts.available + counts.held === 0
    this.soldOutAt = isSoldOut ? (this.soldOutAt ?? at) : null
  }

  #tick(): void {
    const { clock, openMs } = this.#sale
    const { total, booked, held } = this.counts ?? { total: 0, booked: 0, held: 0 }
    this.#kills?.look(total === 0 ? 0 : booked / total, clock / openMs)
    this.#tellKills()
    this.#display.show({
      atSeconds: clock / 1000,
      openSeconds: openMs / 1000,
      shopperCount: this.#crowd.count,
      goneCount: this.#crowd.goneCount,
      seatCount: total,
      bookedCount: booked,
      heldCount: held,
      interval: this.#meter.endInterval(),
    })
  }

  /** Every kill is worth two lines: when it died, and when it was back. */
  #tellKills(): void {
    const lines = (this.#kills?.done ?? []).flatMap(({ what, at, backAt }) => [
      `kill -9 of ${what} at ${seconds(at)}.`,
      ...(backAt === null ? [] : [`Back after ${seconds(backAt - at)}: ${what}.`]),
    ])
    for (const line of lines.slice(this.#toldCount)) this.#display.note(line)
    this.#toldCount = Math.max(this.#toldCount, lines.length)
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
