import { MultiBar, type SingleBar } from 'cli-progress'
import type { Display, Progress } from '../progress.ts'
import { describeInterval } from './progress-text.ts'

const BAR_SIZE = 32
const FORMAT = '{what} {bar} {value}/{total} {more}'
/** A line of its own, so that it fits 80 columns. */
const RATES_FORMAT = '{more}'

/** Bars that fill while people look at them. */
export class LiveDisplay implements Display {
  readonly #bars: MultiBar
  #seats: SingleBar | null = null
  #shoppers: SingleBar | null = null
  #time: SingleBar | null = null
  #rates: SingleBar | null = null

  constructor(stream: NodeJS.WriteStream) {
    this.#bars = new MultiBar({
      format: FORMAT,
      barsize: BAR_SIZE,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      // A note moves the bars down: those that did not change have to be drawn again.
      forceRedraw: true,
      linewrap: false,
      autopadding: true,
      stream,
    })
  }

  note(text: string): void {
    this.#bars.log(`${text}\n`)
    this.#bars.update()
  }

  show(progress: Progress): void {
    const { atSeconds, openSeconds, shopperCount, goneCount, seatCount, bookedCount } = progress
    this.#seats ??= this.#open('Booked  ', seatCount)
    this.#shoppers ??= this.#open('Left    ', shopperCount)
    this.#time ??= this.#open('Seconds ', Math.ceil(openSeconds))
    this.#rates ??= this.#open('', 0, RATES_FORMAT)
    this.#seats.setTotal(seatCount)
    this.#seats.update(bookedCount, { more: `${progress.heldCount} held` })
    this.#shoppers.update(goneCount, { more: 'shoppers' })
    this.#time.update(Math.round(atSeconds), { more: 'at most' })
    this.#rates.update(0, { more: describeInterval(progress.interval) })
  }

  end(): void {
    this.#bars.stop()
  }

  #open(what: string, total: number, format = FORMAT): SingleBar {
    return this.#bars.create(total, 0, { what, more: '' }, { format })
  }
}
