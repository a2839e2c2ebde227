import type { Camera } from './camera.ts'
import { drawRowNames } from './draw-row-names.ts'
import { radiusPx } from './draw-seats.ts'
import { drawBlockNames } from './draw-sections.ts'
import { isOverview, type Scene } from './scene.ts'
import { textWidth } from './text-width.ts'

type Context = CanvasRenderingContext2D

/**
 * CSS pixels between neighbours. From here on a section's name stands above its seats, before that
 * on them.
 */
const SEATS_PITCH_MIN = 7.5

/** Draws what is written over the seats, and rings around them. */
export function drawLabels(context: Context, scene: Scene, camera: Camera): void {
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  drawRings(context, scene, camera)
  drawSectionNames(context, scene, camera)
  drawAreaNames(context, scene, camera)
  drawRowNames(context, scene, camera)
}

function drawRings(context: Context, scene: Scene, camera: Camera): void {
  const { house, theme, hovered, highlighted, refused } = scene
  const radius = Math.max(radiusPx(camera), 3)
  const ring = (seatNo: number, color: string, share: number, width: number) => {
    const { x, y } = camera.toPx(house.xs[seatNo] as number, house.ys[seatNo] as number)
    context.beginPath()
    context.arc(x, y, radius * share + width, 0, 2 * Math.PI)
    context.strokeStyle = color
    context.lineWidth = width
    context.stroke()
  }
  // Places stand anywhere in their area, which is lit as a whole.
  for (const seatNo of highlighted ?? [])
    if (house.rowOf[seatNo] !== -1) ring(seatNo, theme.css.focus, 1.2, 2.5)
  for (const seatNo of refused) drawCross(context, scene, camera, seatNo, radius)
  if (hovered !== null) ring(hovered, theme.css.ink, 1.1, 2)
}

/** On a seat that somebody else was faster to get. */
function drawCross(
  context: Context,
  { house, theme }: Scene,
  camera: Camera,
  seatNo: number,
  radius: number,
): void {
  const { x, y } = camera.toPx(house.xs[seatNo] as number, house.ys[seatNo] as number)
  const r = Math.max(0.7 * radius, 4)
  for (const [color, width] of [
    [theme.css.map, 6],
    [theme.css.accent, 2.5],
  ] as const) {
    context.beginPath()
    context.moveTo(x - r, y - r)
    context.lineTo(x + r, y + r)
    context.moveTo(x + r, y - r)
    context.lineTo(x - r, y + r)
    context.strokeStyle = color
    context.lineWidth = width
    context.lineCap = 'round'
    context.stroke()
  }
}

/** CSS pixels of a section's name. */
const NAME_SIZE = 12.5

interface Label {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * From afar a section's name, and how many of its seats are free where there is room; from near its
 * name above the first row, so that it covers no seat.
 */
function drawSectionNames(context: Context, scene: Scene, camera: Camera): void {
  const { house, theme, sections } = scene
  if (isOverview(scene, camera)) {
    drawBlockNames(context, scene, camera)
    return
  }
  const isFar = camera.pitchPx < SEATS_PITCH_MIN
  const taken: Label[] = []
  house.frames.forEach(({ name, section, centre, top, width }) => {
    const { x, y } = isFar ? camera.toPx(centre.x, centre.y) : camera.toPx(top.x, top.y)
    if (x < -60 || y < -40 || x > camera.width + 60 || y > camera.height + 40) return
    const widthPx = width * camera.scale
    context.font = `700 ${NAME_SIZE}px ${theme.font}`
    const label = {
      x,
      y,
      width: textWidth(context, name) + 4,
      height: isFar && widthPx > 90 ? 34 : NAME_SIZE + 4,
    }
    if (label.width > 1.6 * widthPx || taken.some((other) => overlaps(label, other))) return
    taken.push(label)
    if (isFar) drawPlate(context, scene, label)
    const [color, up] = isFar ? [theme.css.ink, 0] : [theme.css.muted, 9]
    writeHaloed(context, scene, name, x, y - up, color)
    if (label.height < 34) return
    context.font = `600 11px ${theme.font}`
    const free = sections.get(section)?.free ?? 0
    writeHaloed(context, scene, free.toLocaleString(), x, y + 15, theme.css.ink)
  })
}

/** Under a name that stands on its seats, so that it can be read between them. */
function drawPlate(context: Context, { theme }: Scene, { x, y, width, height }: Label): void {
  const half = width / 2 + 3
  context.globalAlpha = 0.82
  context.fillStyle = theme.css.map
  context.beginPath()
  context.roundRect(x - half, y - 11, 2 * half, height < 34 ? 22 : 36, 6)
  context.fill()
  context.globalAlpha = 1
}

function overlaps(one: Label, other: Label): boolean {
  return (
    Math.abs(one.x - other.x) < (one.width + other.width) / 2 &&
    Math.abs(one.y - other.y) < (one.height + other.height) / 2
  )
}

function writeHaloed(
  context: Context,
  { theme }: Scene,
  text: string,
  x: number,
  y: number,
  color: string,
): void {
  context.strokeStyle = theme.css.map
  context.lineWidth = 3
  context.strokeText(text, x, y)
  context.fillStyle = color
  context.fillText(text, x, y)
}

function drawAreaNames(context: Context, scene: Scene, camera: Camera): void {
  const { house, theme, places } = scene
  for (const area of house.areas) {
    const { x, y } = camera.toPx(area.centre.x, area.centre.y)
    const chosen = places.get(area.section) ?? 0
    const lines = scene.describeSection(area.section)
    context.font = `700 14px ${theme.font}`
    writeHaloed(context, scene, area.name, x, y - 8, theme.css.ink)
    context.font = `500 12px ${theme.font}`
    lines.forEach((line, index) => {
      writeHaloed(context, scene, line, x, y + 10 + 16 * index, theme.css.ink)
    })
    if (chosen === 0) continue
    context.font = `700 13px ${theme.font}`
    writeHaloed(context, scene, `✓ ${chosen}`, x, y + 11 + 16 * lines.length, theme.css.accent)
  }
}
