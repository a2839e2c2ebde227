import { toCss } from './color.ts'
import { LOOK_COUNT, LOOKS } from './looks.ts'
import { drawSeat, type SeatColors, type SeatLook } from './seat-shapes.ts'
import type { Theme } from './theme.ts'

const NAMES = Object.keys(LOOKS) as SeatLook[]

/** The colours of the seats of a category. */
export function seatColors(theme: Theme, category: number): SeatColors {
  const { css, categories } = theme
  const own = categories[category]
  return {
    fill: own === undefined ? css.muted : toCss(own.fill),
    ink: own === undefined ? css.map : toCss(own.ink),
    ground: css.map,
    line: css.line,
    held: css.held,
    booked: css.booked,
    blocked: css.blocked,
    accent: css.accent,
    onAccent: css['on-accent'],
  }
}

/** Every look of every category, drawn once at one size, to be copied for each seat. */
export class SpriteSheet {
  /** Device pixels from a seat's middle to its edge. */
  readonly radius: number
  /** Side of a sprite in device pixels. */
  readonly side: number
  readonly #sheet: OffscreenCanvas

  constructor(theme: Theme, categoryCount: number, radius: number) {
    this.radius = radius
    this.side = Math.ceil(2 * radius * 1.2) + 4
    this.#sheet = new OffscreenCanvas(
      LOOK_COUNT * this.side,
      Math.max(categoryCount, 1) * this.side,
    )
    const context = this.#sheet.getContext('2d') as OffscreenCanvasRenderingContext2D
    for (let category = 0; category < categoryCount; category++) {
      const colors = seatColors(theme, category)
      NAMES.forEach((look, column) => {
        const x = (column + 0.5) * this.side
        drawSeat(context, colors, { look, category, x, y: (category + 0.5) * this.side, radius })
      })
    }
  }

  /**
   * Copies a sprite to the nearest whole pixel: scaled, or shifted by parts of a pixel, its edges
   * and marks would be blurred. `x` and `y` are the seat's middle.
   */
  put(
    context: CanvasRenderingContext2D,
    look: number,
    category: number,
    x: number,
    y: number,
  ): void {
    const { side } = this
    const left = Math.round(x - side / 2)
    const top = Math.round(y - side / 2)
    context.drawImage(this.#sheet, look * side, category * side, side, side, left, top, side, side)
  }
}
