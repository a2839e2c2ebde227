import type { House } from '../house/house.ts'
import type { Row } from '../house/rows.ts'
import type { Camera } from './camera.ts'
import type { Scene } from './scene.ts'
import { textWidth } from './text-width.ts'

type Context = CanvasRenderingContext2D

/** CSS pixels between neighbours from which rows are named. */
const ROW_PITCH_MIN = 11
/** From here on a row whose ends are out of view is named at the edge of the view. */
const EDGE_PITCH_MIN = 17
/** Names such as "Box A" need room, and stand at one end only. */
const SHORT_NAME_MAX = 3
const LONG_NAME_PITCH_MIN = 19
const EDGE_PX = 15
const FIND_PX = 62
/** A longer name is no name for a ruler. */
const RULER_NAME_MAX = 8

/** Names at both ends of each row in view; in a ruler where an end is beyond the view. */
export function drawRowNames(context: Context, scene: Scene, camera: Camera): void {
  scene.rulers = { left: 0, top: 0 }
  if (camera.pitchPx < ROW_PITCH_MIN) return
  const { house, theme } = scene
  const size = Math.min(Math.max(0.52 * camera.pitchPx, 10.5), 15)
  context.font = `600 ${size}px ${theme.font}`
  context.fillStyle = theme.css.muted
  for (const row of house.rows) {
    if (row.name === null || row.seats.length < 2) continue
    const isLong = row.name.length > SHORT_NAME_MAX
    if (isLong && camera.pitchPx < LONG_NAME_PITCH_MIN) continue
    for (const isFirst of isLong ? [true] : [true, false]) {
      const { x, y } = beyondEnd(house, camera, row, isFirst)
      if (!isInView(camera, x, y) || isOnSeat(house, camera, x, y)) continue
      context.fillText(row.name, x, y)
    }
  }
  if (camera.pitchPx >= EDGE_PITCH_MIN) drawRulers(context, scene, camera, size)
}

/**
 * Tells whether a row's name would cover a seat: where two blocks stand close, there is no room.
 */
function isOnSeat(house: House, camera: Camera, px: number, py: number): boolean {
  const { x, y } = camera.toPlan(px, py)
  return house.index.nearest(x, y, 0.72 * house.pitch) !== null
}

function isInView({ width, height }: Camera, x: number, y: number): boolean {
  return x > -EDGE_PX && y > -EDGE_PX && x < width + EDGE_PX && y < height + EDGE_PX
}

/** One seat's width beyond the end, in the row's own direction. */
function beyondEnd(house: House, camera: Camera, { seats }: Row, isFirst: boolean) {
  const end = seats.at(isFirst ? 0 : -1) as number
  const next = seats.at(isFirst ? 1 : -2) as number
  const [x, y] = [house.xs[end] as number, house.ys[end] as number]
  const [dx, dy] = [x - (house.xs[next] as number), y - (house.ys[next] as number)]
  const length = Math.max(Math.hypot(dx, dy), 1e-6)
  const beyond = 0.95 * house.pitch
  return camera.toPx(x + (dx / length) * beyond, y + (dy / length) * beyond)
}

/** A name in a ruler: where it stands along it, and how near to it the row begins. */
interface Mark {
  readonly name: string
  readonly at: number
  readonly distance: number
}

/**
 * Draws rulers along the left edge, and the upper one for upright rows: who looks closely at the
 * middle of a long row must still know which it is. They cover seats no more than the edges do.
 */
function drawRulers(context: Context, scene: Scene, camera: Camera, size: number): void {
  const { house } = scene
  const marks: { left: Mark[]; top: Mark[] } = { left: [], top: [] }
  for (const [index, seatNo] of firstInView(house, camera)) {
    const row = house.rows[index] as Row
    if (row.name === null || row.seats.length < 2 || row.name.length > RULER_NAME_MAX) continue
    const first = row.seats[0] as number
    const start = camera.toPx(house.xs[first] as number, house.ys[first] as number)
    const upright = isUpright(house, row)
    if (upright ? start.y > 0 : start.x > 0) continue
    const at = camera.toPx(house.xs[seatNo] as number, house.ys[seatNo] as number)
    const mark = { name: row.name, at: upright ? at.x : at.y, distance: upright ? at.y : at.x }
    marks[upright ? 'top' : 'left'].push(mark)
  }
  const widest = Math.max(0, ...marks.left.map(({ name }) => textWidth(context, name)))
  scene.rulers = {
    left: marks.left.length === 0 ? 0 : Math.max(24, widest + 12),
    top: marks.top.length === 0 ? 0 : size + 10,
  }
  drawRuler(context, scene, camera, size, 'left', marks.left)
  drawRuler(context, scene, camera, size, 'top', marks.top)
}

function drawRuler(
  context: Context,
  { theme, rulers }: Scene,
  camera: Camera,
  size: number,
  side: 'left' | 'top',
  marks: readonly Mark[],
): void {
  const thickness = rulers[side]
  if (thickness === 0) return
  const isLeft = side === 'left'
  const [width, height] = isLeft ? [thickness, camera.height] : [camera.width, thickness]
  context.fillStyle = theme.css.map
  context.fillRect(0, 0, width, height)
  context.fillStyle = theme.css.line
  if (isLeft) context.fillRect(width - 1, 0, 1, height)
  else context.fillRect(0, height - 1, width, 1)
  context.fillStyle = theme.css.muted
  const taken: number[] = []
  // The lower end of the left edge has the field that finds a seat.
  const end = isLeft ? camera.height - FIND_PX : camera.width
  for (const { name, at } of marks.toSorted((a, b) => a.distance - b.distance)) {
    if (at > end) continue
    const room = isLeft ? 1.2 * size : textWidth(context, name) + 6
    if (taken.some((other) => Math.abs(other - at) < room)) continue
    taken.push(at)
    context.fillText(name, isLeft ? width / 2 : at, isLeft ? at : height / 2)
  }
}

/** By row: its first seat that is in view. */
function firstInView(house: House, camera: Camera): Map<number, number> {
  const found = new Map<number, number>()
  const { left, top, right, bottom } = camera.box
  house.index.forEachIn(camera.box, (seatNo) => {
    const [x, y] = [house.xs[seatNo] as number, house.ys[seatNo] as number]
    if (x < left || x > right || y < top || y > bottom) return
    const index = house.rowOf[seatNo] as number
    const other = found.get(index)
    if (other === undefined || isBefore(house, index, seatNo, other)) found.set(index, seatNo)
  })
  return found
}

function isBefore(house: House, index: number, one: number, other: number): boolean {
  const along = isUpright(house, house.rows[index] as Row) ? house.ys : house.xs
  return (along[one] as number) < (along[other] as number)
}

function isUpright({ xs, ys }: House, { seats }: Row): boolean {
  const [first, last] = [seats[0] as number, seats.at(-1) as number]
  const width = Math.abs((xs[last] as number) - (xs[first] as number))
  return Math.abs((ys[last] as number) - (ys[first] as number)) > width
}
