import { isInside } from '../house/areas.ts'
import type { SectionFrame } from '../house/house.ts'
import type { Camera } from './camera.ts'
import { type Color, contrast, mix, toCss } from './color.ts'
import type { Scene } from './scene.ts'
import { textWidth } from './text-width.ts'
import { traceOutline } from './trace-outline.ts'

type Context = CanvasRenderingContext2D

/** Share of its colour that a section has whose last seat is free; full where all of them are. */
const SHARE_MIN = 0.4
/** CSS pixels: one size for all names, the largest that nearly all of them have room for. */
const NAME_SIZES = [14, 12.5, 11, 9.5, 8.5]
const LEADING = 1.25
const FITTING_SHARE = 0.85
const LINE_SIZE = 10.5

/**
 * Sections as blocks in the colour of what most of their free seats cost, paler the fewer are free;
 * grey where none is, or none of the category that is asked for.
 */
export function drawSectionBlocks(context: Context, scene: Scene, camera: Camera): void {
  const { theme, hoveredArea } = scene
  for (const frame of scene.house.frames) {
    traceOutline(context, camera, frame.outline)
    context.fillStyle = toCss(fillOf(scene, frame))
    context.fill()
    const isHovered = hoveredArea === frame.section
    context.strokeStyle = isHovered ? theme.css.ink : theme.css.map
    context.lineWidth = isHovered ? 2.5 : 1
    context.stroke()
  }
}

/** Their names, and where there is room what seats cost and how many are free. */
export function drawBlockNames(context: Context, scene: Scene, camera: Camera): void {
  const { house, theme } = scene
  const size = nameSize(context, scene, camera)
  for (const frame of house.frames) {
    context.fillStyle = inkOf(scene, frame)
    const { x, y } = camera.toPx(frame.centre.x, frame.centre.y)
    const name = { text: frame.name, font: `700 ${size}px ${theme.font}`, size }
    const font = `500 ${LINE_SIZE}px ${theme.font}`
    const more = scene
      .describeSection(frame.section)
      .map((text) => ({ text, font, size: LINE_SIZE }))
    const isWritten = [2, 1, 0].some((count) => {
      const lines = stacked([name, ...more.slice(0, count)], y)
      if (!lines.every((line) => fits(context, camera, frame, x, line))) return false
      for (const line of lines) {
        context.font = line.font
        context.fillText(line.text, x, line.y)
      }
      return true
    })
    if (!isWritten) writeUpright(context, camera, frame, name)
  }
}

interface Line {
  readonly text: string
  readonly font: string
  readonly size: number
}

/** Around the middle, one below the other. */
function stacked(lines: readonly Line[], middle: number): (Line & { y: number })[] {
  const height = lines.reduce((sum, { size }) => sum + LEADING * size, 0)
  let top = middle - height / 2
  return lines.map((line) => {
    const y = top + (LEADING * line.size) / 2
    top += LEADING * line.size
    return { ...line, y }
  })
}

/** Tells whether all four corners of a text lie inside the section. */
function fits(
  context: Context,
  camera: Camera,
  frame: SectionFrame,
  x: number,
  { text, font, size, y }: Line & { y: number },
): boolean {
  context.font = font
  const half = textWidth(context, text) / 2 + 0.5
  return isRoomFor(camera, frame, { x, y }, half, 0.4 * size)
}

function isRoomFor(
  camera: Camera,
  { outline }: SectionFrame,
  { x, y }: { x: number; y: number },
  halfWidth: number,
  halfHeight: number,
): boolean {
  return [-halfWidth, halfWidth].every((dx) =>
    [-halfHeight, halfHeight].every((dy) => {
      const corner = camera.toPlan(x + dx, y + dy)
      return isInside(outline, corner.x, corner.y)
    }),
  )
}

/** In a block that is higher than it is wide. */
function writeUpright(context: Context, camera: Camera, frame: SectionFrame, name: Line): void {
  context.font = name.font
  const at = camera.toPx(frame.centre.x, frame.centre.y)
  const half = textWidth(context, frame.name) / 2 + 0.5
  if (!isRoomFor(camera, frame, at, 0.4 * name.size, half)) return
  context.save()
  context.translate(at.x, at.y)
  context.rotate(-Math.PI / 2)
  context.fillText(frame.name, 0, 0)
  context.restore()
}

function nameSize(context: Context, { house, theme }: Scene, camera: Camera): number {
  const fits = (size: number) => {
    context.font = `700 ${size}px ${theme.font}`
    const fitting = house.frames.filter(
      ({ name, across }) => textWidth(context, name) <= across * camera.scale - 1,
    )
    return fitting.length >= FITTING_SHARE * house.frames.length
  }
  return NAME_SIZES.find(fits) ?? (NAME_SIZES.at(-1) as number)
}

function fillOf({ theme, sections, category }: Scene, { section }: SectionFrame): Color {
  const { free = 0, total = 1, byCategory = [] } = sections.get(section) ?? {}
  const asked = category === null ? free : (byCategory[category] ?? 0)
  const { colors } = theme
  if (asked === 0) return mix(colors.line, colors.map, 0.8)
  const main = category ?? indexOfMost(byCategory)
  const own = theme.categories[main]?.fill ?? colors.muted
  return mix(own, colors.map, SHARE_MIN + (1 - SHARE_MIN) * (asked / Math.max(total, 1)))
}

function inkOf(scene: Scene, frame: SectionFrame): string {
  const fill = fillOf(scene, frame)
  const { ink, map } = scene.theme.colors
  return toCss(contrast(ink, fill) > contrast(map, fill) ? ink : map)
}

function indexOfMost(counts: ArrayLike<number>): number {
  let most = 0
  for (let index = 1; index < counts.length; index++) {
    if ((counts[index] as number) > (counts[most] as number)) most = index
  }
  return most
}
