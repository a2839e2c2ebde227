import type { House } from '../house/house.ts'
import type { Row } from '../house/rows.ts'
import type { Camera } from './camera.ts'
import type { Scene } from './scene.ts'

type Context = CanvasRenderingContext2D

/** CSS pixels between neighbours from which rows are named. */
const ROW_PITCH_MIN = 11
/** From here on a row whose ends are out of view is named at the edge of the view. */
const EDGE_PITCH_MIN = 17
/** Names such as "Box A" need room, and stand at one end only. */
const SHORT_NAME_MAX = 3
const LONG_NAME_PITCH_MIN = 19
const EDGE_PX = 15

/** Names at both ends of each row in view; at the edge of the view where an end is beyond it. */
export function drawRowNames(context: Context, scene: Scene, camera: Camera): void {
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
      if (isInView(camera, x, y)) context.fillText(row.name, x, y)
    }
  }
  if (camera.pitchPx >= EDGE_PITCH_MIN) drawAtEdges(context, scene, camera, size)
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

/** Who looks closely at the middle of a long row must still know which row it is. */
function drawAtEdges(context: Context, scene: Scene, camera: Camera, size: number): void {
  const { house, theme } = scene
  for (const [index, seatNo] of firstInView(house, camera)) {
    const row = house.rows[index] as Row
    if (row.name === null || row.seats.length < 2) continue
    const first = row.seats[0] as number
    const start = camera.toPx(house.xs[first] as number, house.ys[first] as number)
    const upright = isUpright(house, row)
    if (upright ? start.y > 0 : start.x > 0) continue
    const at = camera.toPx(house.xs[seatNo] as number, house.ys[seatNo] as number)
    const x = upright ? at.x : EDGE_PX
    const y = upright ? EDGE_PX : at.y
    const half = context.measureText(row.name).width / 2 + 5
    context.fillStyle = theme.css.map
    context.beginPath()
    context.roundRect(x - half, y - 0.72 * size, 2 * half, 1.44 * size, 5)
    context.fill()
    context.fillStyle = theme.css.muted
    context.fillText(row.name, x, y)
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
