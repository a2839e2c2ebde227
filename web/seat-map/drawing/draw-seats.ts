import type { Camera } from './camera.ts'
import { mix } from './color.ts'
import { LOOK_COUNT, LOOKS } from './looks.ts'
import { isOverview, type Scene } from './scene.ts'
import { SpriteSheet } from './sprites.ts'
import { type Dot, StampSet } from './stamps.ts'
import type { Theme } from './theme.ts'

/** Share of the distance between neighbours: half of it is a seat's half, the rest stays free. */
const RADIUS_SHARE = 0.42
/** Device pixels: below this, a seat's shape cannot be seen. */
const SPRITE_RADIUS_MIN = 4
/** CSS pixels: below this, a number cannot be read. */
const NUMBER_RADIUS_MIN = 8.5
const SHEETS_MAX = 8
/** Device pixels by which sheets differ: less is not seen. */
const SIZE_STEP = 0.5

/**
 * Draws the seats in view. Far away they are dots that are copied pixel by pixel, near they are
 * sprites; both cost little enough to draw all of them anew in every frame of a movement.
 */
export class SeatPainter {
  #theme: Theme | null = null
  #sheets = new Map<number, SpriteSheet>()
  #stamps: { radius: number; set: StampSet } | null = null
  #picture: ImageData | null = null

  draw(context: CanvasRenderingContext2D, scene: Scene, camera: Camera, ratio: number): void {
    if (this.#theme !== scene.theme) {
      this.#theme = scene.theme
      this.#sheets.clear()
      this.#stamps = null
    }
    const radius = radiusPx(camera) * ratio
    if (radius < SPRITE_RADIUS_MIN) this.#drawDots(context, scene, camera, ratio, radius)
    else this.#drawSprites(context, scene, camera, ratio, radius)
  }

  #drawDots(
    context: CanvasRenderingContext2D,
    scene: Scene,
    camera: Camera,
    ratio: number,
    radius: number,
  ): void {
    const { house, looks, theme } = scene
    const { width, height } = context.canvas
    if (this.#picture?.width !== width || this.#picture.height !== height) {
      this.#picture = context.createImageData(width, height)
    }
    const pixels = new Uint32Array(this.#picture.data.buffer)
    pixels.fill(0)
    const stamps = this.#stampsOf(theme, radius)
    const { xs, ys, categories } = house
    const scale = camera.scale * ratio
    const left = camera.x * scale - width / 2
    const top = camera.y * scale - height / 2
    const isInBlock = isOverview(scene, camera) ? house.isFramed : null
    house.index.forEachIn(camera.box, (seatNo) => {
      const own = looks[seatNo] === LOOKS.picked || looks[seatNo] === LOOKS.own
      if (isInBlock?.[seatNo] === 1 && !own) return
      const look = (categories[seatNo] as number) * LOOK_COUNT + (looks[seatNo] as number)
      const x = (xs[seatNo] as number) * scale - left
      const y = (ys[seatNo] as number) * scale - top
      stamps.put(look, pixels, width, height, x, y)
    })
    context.putImageData(this.#picture, 0, 0)
  }

  #drawSprites(
    context: CanvasRenderingContext2D,
    scene: Scene,
    camera: Camera,
    ratio: number,
    radius: number,
  ): void {
    const { house, looks, theme } = scene
    const { width, height } = context.canvas
    const sheet = this.#sheetOf(theme, house.map.categories.length, radius)
    const scale = camera.scale * ratio
    const left = camera.x * scale - width / 2
    const top = camera.y * scale - height / 2
    const { xs, ys, categories } = house
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, width, height)
    house.index.forEachIn(camera.box, (seatNo) => {
      const x = (xs[seatNo] as number) * scale - left
      const y = (ys[seatNo] as number) * scale - top
      sheet.put(context, looks[seatNo] as number, categories[seatNo] as number, x, y)
    })
    if (radius / ratio >= NUMBER_RADIUS_MIN) this.#drawNumbers(context, scene, camera, ratio)
  }

  /** Numbers of the seats that can be had: for the others, the mark says more. */
  #drawNumbers(
    context: CanvasRenderingContext2D,
    { house, looks, theme }: Scene,
    camera: Camera,
    ratio: number,
  ): void {
    const { xs, ys, categories, map } = house
    const { width, height } = context.canvas
    const scale = camera.scale * ratio
    const inks = theme.categories.map(({ ink }) => `rgb(${ink[0]} ${ink[1]} ${ink[2]})`)
    const size = radiusPx(camera) * ratio
    context.font = `600 ${Math.round(0.86 * size)}px ${theme.font}`
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    house.index.forEachIn(camera.box, (seatNo) => {
      if (looks[seatNo] !== LOOKS.available) return
      const number = map.seats.numbers[seatNo] as string
      if (number.length > 3) return
      context.fillStyle = inks[categories[seatNo] as number] ?? theme.css.map
      const x = ((xs[seatNo] as number) - camera.x) * scale + width / 2
      const y = ((ys[seatNo] as number) - camera.y) * scale + height / 2
      context.fillText(number, x, y + 0.06 * size)
    })
  }

  #sheetOf(theme: Theme, categoryCount: number, radius: number): SpriteSheet {
    const size = Math.round(radius / SIZE_STEP) * SIZE_STEP
    const known = this.#sheets.get(size)
    if (known !== undefined) return known
    const [oldest] = this.#sheets.keys()
    if (this.#sheets.size >= SHEETS_MAX && oldest !== undefined) this.#sheets.delete(oldest)
    const sheet = new SpriteSheet(theme, categoryCount, size)
    this.#sheets.set(size, sheet)
    return sheet
  }

  #stampsOf(theme: Theme, radius: number): StampSet {
    if (this.#stamps !== null && Math.abs(this.#stamps.radius - radius) < 0.02) {
      return this.#stamps.set
    }
    const set = new StampSet(dotsOf(theme, Math.max(radius, 0.7)))
    this.#stamps = { radius, set }
    return set
  }
}

/** CSS pixels from a seat's middle to its edge. */
export function radiusPx(camera: Camera): number {
  return RADIUS_SHARE * camera.pitchPx
}

/** In the order of categories, then looks. What is taken is smaller; what is yours is largest. */
function dotsOf({ colors, categories }: Theme, radius: number): Dot[] {
  const ring = (color: Dot['color']): Dot => {
    return { color, radius: 0.85 * radius, hole: radius > 2.4 ? 0.45 * radius : 0 }
  }
  const own: Dot = { color: colors.accent, radius: Math.max(1.35 * radius, 3), hole: 0 }
  return categories.flatMap(({ fill }) => [
    { color: fill, radius, hole: 0 },
    ring(mix(colors.held, colors.map, 0.8)),
    { color: mix(colors.booked, colors.map, 0.8), radius: 0.55 * radius, hole: 0 },
    ring(mix(colors.blocked, colors.map, 0.55)),
    own,
    own,
    { color: colors.line, radius: 0.8 * radius, hole: 0 },
    { color: fill, radius, hole: 0 },
  ])
}
