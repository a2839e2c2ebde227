import type { Point, SeatMap } from '../../../src/protocol/index.ts'
import type { Area } from '../house/areas.ts'
import type { Camera } from './camera.ts'
import { mix, toCss } from './color.ts'
import { drawSectionBlocks } from './draw-sections.ts'
import { isOverview, type Scene } from './scene.ts'
import { shapeColors, type Theme } from './theme.ts'
import { traceOutline } from './trace-outline.ts'

type Shape = SeatMap['shapes'][number]

/** The house without its seats: sections, stage, bars, texts, and areas of general admission. */
export function drawGround(context: CanvasRenderingContext2D, scene: Scene, camera: Camera): void {
  const { house, theme } = scene
  const areas = new Set(house.areas.map(({ section }) => section))
  context.lineJoin = 'round'
  house.map.sections.forEach(({ outline }, section) => {
    if (outline.length < 3 || areas.has(section)) return
    traceOutline(context, camera, outline)
    context.fillStyle = toCss(mix(theme.colors.ink, theme.colors.map, 0.035))
    context.fill()
    context.strokeStyle = theme.css.line
    context.lineWidth = 1
    context.stroke()
  })
  if (isOverview(scene, camera)) drawSectionBlocks(context, scene, camera)
  for (const shape of house.map.shapes) drawShape(context, theme, camera, shape)
  for (const area of house.areas) drawArea(context, scene, camera, area)
}

function drawShape(
  context: CanvasRenderingContext2D,
  theme: Theme,
  camera: Camera,
  shape: Shape,
): void {
  const { kind, text, color } = shape
  const { fill, line } = shapeColors(theme, color)
  if (kind !== 'text') {
    if (kind === 'polygon') traceOutline(context, camera, shape.points)
    else traceFrame(context, camera, shape)
    context.fillStyle = fill
    context.fill()
    context.strokeStyle = line
    context.lineWidth = 1
    context.stroke()
  }
  if (text !== null) drawShapeText(context, theme, camera, shape, text)
}

function traceFrame(context: CanvasRenderingContext2D, camera: Camera, shape: Shape): void {
  const { x, y } = camera.toPx(shape.x, shape.y)
  const width = shape.width * camera.scale
  const height = shape.height * camera.scale
  const turn = (shape.rotation * Math.PI) / 180
  context.beginPath()
  if (shape.kind === 'rectangle') {
    context.save()
    context.translate(x, y)
    context.rotate(turn)
    context.roundRect(-width / 2, -height / 2, width, height, Math.min(4, width / 2, height / 2))
    context.restore()
  } else {
    const circle = shape.kind === 'circle'
    context.ellipse(x, y, width / 2, (circle ? width : height) / 2, turn, 0, 2 * Math.PI)
  }
}

/** Draws a text of its own as large as the plan says, the name of a shape as large as fits. */
function drawShapeText(
  context: CanvasRenderingContext2D,
  theme: Theme,
  camera: Camera,
  shape: Shape,
  text: string,
): void {
  const isText = shape.kind === 'text'
  const width = shape.width * camera.scale
  const height = shape.height * camera.scale
  const size = isText
    ? Math.max(height, 11)
    : Math.min(Math.max(0.28 * height, 11), (1.5 * width) / Math.max(text.length, 1), 30)
  if (size < 9 || (isText && height < 4)) return
  const middle =
    shape.kind === 'polygon' && shape.points.length > 0
      ? middleOf(shape.points)
      : { x: shape.x, y: shape.y }
  const { x, y } = camera.toPx(middle.x, middle.y)
  context.save()
  context.translate(x, y)
  const turn = ((shape.rotation % 360) * Math.PI) / 180
  context.rotate(shape.kind === 'polygon' ? 0 : turn)
  context.font = `600 ${size}px ${theme.font}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillStyle = theme.css.muted
  if (!isText) context.letterSpacing = `${(0.08 * size).toFixed(1)}px`
  context.fillText(text, 0, 0)
  context.restore()
}

/**
 * Middle of the box around the corners: a name looks right there even where the shape is lopsided.
 */
function middleOf(points: readonly Point[]): Point {
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  return {
    x: (Math.min(...xs) + Math.max(...xs)) / 2,
    y: (Math.min(...ys) + Math.max(...ys)) / 2,
  }
}

function drawArea(
  context: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  area: Area,
): void {
  const { theme } = scene
  const own = theme.categories[area.category]?.fill ?? theme.colors.muted
  const { free = 0, total = area.seats.length } = scene.sections.get(area.section) ?? {}
  const isFull = free === 0
  const strong = isFull ? theme.colors.booked : own
  const isChosen = (scene.places.get(area.section) ?? 0) > 0
  const isLit = area.seats.some((seatNo) => scene.highlighted?.has(seatNo))
  traceOutline(context, camera, area.outline)
  context.fillStyle = toCss(mix(strong, theme.colors.map, 0.1 + 0.14 * (free / Math.max(total, 1))))
  context.fill()
  context.save()
  context.clip()
  drawDots(context, camera, area, toCss(mix(strong, theme.colors.map, 0.45)))
  context.restore()
  traceOutline(context, camera, area.outline)
  const isStrong = isChosen || isLit || scene.hoveredArea === area.section
  context.strokeStyle = isLit ? theme.css.focus : isChosen ? theme.css.accent : toCss(strong)
  context.lineWidth = isStrong ? 3 : 1.5
  context.stroke()
}

/** A loose pattern: places stand anywhere. Always as dense on the screen, however near. */
function drawDots(
  context: CanvasRenderingContext2D,
  camera: Camera,
  area: Area,
  color: string,
): void {
  const corners = area.outline.map(({ x, y }) => camera.toPx(x, y))
  const clip = (value: number, max: number) => Math.min(Math.max(value, 0), max)
  const xs = corners.map(({ x }) => clip(x, camera.width))
  const ys = corners.map(({ y }) => clip(y, camera.height))
  const step = 14
  // Fixed to the house, so that the pattern moves with it.
  const origin = camera.toPx(area.centre.x, area.centre.y)
  const from = (low: number, zero: number) => low + ((((zero - low) % step) + step) % step)
  context.fillStyle = color
  for (let y = from(Math.min(...ys), origin.y); y < Math.max(...ys); y += step) {
    for (let x = from(Math.min(...xs), origin.x); x < Math.max(...xs); x += step) {
      context.fillRect(x - 1, y - 1, 2, 2)
    }
  }
}
