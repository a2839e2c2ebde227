/** A rectangle in plan units. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/**
 * Index of seats by squares: what is under a finger, or in view, is found without looking at all of
 * them. Two flat arrays, because 80,000 small lists would cost more than the seats.
 */
export class SeatIndex {
  readonly #left: number
  readonly #top: number
  readonly #side: number
  readonly #columnCount: number
  readonly #rowCount: number
  /** Square `n` has `#seats[#starts[n]]` up to, not including, `#seats[#starts[n + 1]]`. */
  readonly #starts: Int32Array
  readonly #seats: Int32Array
  readonly #xs: ArrayLike<number>
  readonly #ys: ArrayLike<number>

  /** `side` of a square in plan units: about two seats wide. */
  constructor(
    seats: ArrayLike<number>,
    xs: ArrayLike<number>,
    ys: ArrayLike<number>,
    bounds: Box,
    side: number,
  ) {
    const area = (bounds.right - bounds.left) * (bounds.bottom - bounds.top)
    // A sparse house must not have many more squares than seats.
    this.#side = Math.max(side, Math.sqrt(area / (4 * seats.length + 16)), 1e-6)
    this.#left = bounds.left
    this.#top = bounds.top
    this.#columnCount = Math.floor((bounds.right - bounds.left) / this.#side) + 1
    this.#rowCount = Math.floor((bounds.bottom - bounds.top) / this.#side) + 1
    this.#xs = xs
    this.#ys = ys
    this.#starts = new Int32Array(this.#columnCount * this.#rowCount + 1)
    this.#seats = new Int32Array(seats.length)
    this.#sort(seats)
  }

  /** Calls back with every seat in the squares that the box touches: also some just outside. */
  forEachIn(box: Box, visit: (seatNo: number) => void): void {
    const first = this.#column(box.left)
    const last = this.#column(box.right)
    for (let row = this.#row(box.top); row <= this.#row(box.bottom); row++) {
      const from = this.#starts[row * this.#columnCount + first] as number
      const to = this.#starts[row * this.#columnCount + last + 1] as number
      for (let at = from; at < to; at++) visit(this.#seats[at] as number)
    }
  }

  /** The nearest seat within a distance in plan units, or null. */
  nearest(x: number, y: number, distanceMax: number): number | null {
    let found: number | null = null
    let best = distanceMax ** 2
    const box = {
      left: x - distanceMax,
      right: x + distanceMax,
      top: y - distanceMax,
      bottom: y + distanceMax,
    }
    this.forEachIn(box, (seatNo) => {
      const distance =
        ((this.#xs[seatNo] as number) - x) ** 2 + ((this.#ys[seatNo] as number) - y) ** 2
      if (distance > best) return
      best = distance
      found = seatNo
    })
    return found
  }

  /** Counting sort by square. */
  #sort(seats: ArrayLike<number>): void {
    const squares = new Int32Array(seats.length)
    for (let at = 0; at < seats.length; at++) {
      const seatNo = seats[at] as number
      const row = this.#row(this.#ys[seatNo] as number)
      const square = row * this.#columnCount + this.#column(this.#xs[seatNo] as number)
      squares[at] = square
      ;(this.#starts[square + 1] as number)++
    }
    for (let square = 1; square < this.#starts.length; square++) {
      ;(this.#starts[square] as number) += this.#starts[square - 1] as number
    }
    const next = this.#starts.slice()
    for (let at = 0; at < seats.length; at++) {
      const square = squares[at] as number
      this.#seats[next[square] as number] = seats[at] as number
      ;(next[square] as number)++
    }
  }

  #column(x: number): number {
    return clamp(Math.floor((x - this.#left) / this.#side), this.#columnCount - 1)
  }

  #row(y: number): number {
    return clamp(Math.floor((y - this.#top) / this.#side), this.#rowCount - 1)
  }
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max)
}
