import type { Color } from './color.ts'

/** A small seat as pixels, to be copied into a picture: much faster than drawing it. */
interface Stamp {
  readonly width: number
  /** Colours as they stand in a picture's memory; alpha says how much of the pixel is covered. */
  readonly pixels: Uint32Array
  /** From the pixel of the seat's middle to the stamp's first. */
  readonly offset: number
}

/** Middles lie at quarters of a pixel: else rows that are no whole pixels apart flicker. */
const PHASES = 4

/**
 * Stamps of all looks at one size. Above some 8 pixels a seat's shape can be seen, and sprites take
 * over; below, a dot's size and strength must say what it is.
 */
export class StampSet {
  readonly #stamps: (Stamp | undefined)[] = []
  readonly #dots: readonly Dot[]

  constructor(dots: readonly Dot[]) {
    this.#dots = dots
  }

  /** Copies the stamp of a look into a picture; `x` and `y` in its pixels. */
  put(look: number, target: Uint32Array, width: number, height: number, x: number, y: number) {
    const left = Math.floor(x)
    const top = Math.floor(y)
    const phaseX = ((x - left) * PHASES) | 0
    const phaseY = ((y - top) * PHASES) | 0
    const at = (look * PHASES + phaseY) * PHASES + phaseX
    this.#stamps[at] ??= this.#make(look, phaseX, phaseY)
    const stamp = this.#stamps[at]
    const side = stamp.width
    const startX = left - stamp.offset
    const startY = top - stamp.offset
    if (startX < 0 || startY < 0 || startX + side > width || startY + side > height) return
    let from = 0
    for (let row = 0; row < side; row++) {
      let to = (startY + row) * width + startX
      for (let column = 0; column < side; column++, from++, to++) {
        const color = stamp.pixels[from] as number
        // Alpha is in the highest bits: whoever covers more of the pixel has it.
        if (color >>> 24 > (target[to] as number) >>> 24) target[to] = color
      }
    }
  }

  #make(look: number, phaseX: number, phaseY: number): Stamp {
    const { color, radius, hole } = this.#dots[look] as Dot
    const offset = Math.ceil(radius + 0.5)
    const width = 2 * offset + 1
    const pixels = new Uint32Array(width * width)
    const middleX = offset + (phaseX + 0.5) / PHASES
    const middleY = offset + (phaseY + 0.5) / PHASES
    for (let row = 0; row < width; row++) {
      for (let column = 0; column < width; column++) {
        const distance = Math.hypot(column + 0.5 - middleX, row + 0.5 - middleY)
        const cut = hole > 0 ? within(hole + 0.5 - distance) : 0
        const covered = within(radius + 0.5 - distance) * (1 - cut)
        pixels[row * width + column] = pack(color, covered)
      }
    }
    return { width, pixels, offset }
  }
}

/** Form of a look when it is small. Radius, and that of a hole, in pixels. */
export interface Dot {
  readonly color: Color
  readonly radius: number
  /** 0 for none. */
  readonly hole: number
}

function within(share: number): number {
  return Math.min(Math.max(share, 0), 1)
}

/** A picture's bytes are red, green, blue, alpha; every machine with a browser is little-endian. */
function pack([red, green, blue, alpha]: Color, covered: number): number {
  const opacity = Math.round(255 * alpha * covered)
  return (
    ((opacity << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0
  )
}
