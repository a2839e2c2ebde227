import type { Category, PlanSeat, PlanShape, Point, Section } from '../protocol/index.ts'
import { LIMITS } from '../protocol/index.ts'
import type { MistakeList } from './mistakes.ts'
import { boxAround, rotate } from './shape-parts.ts'
import type { WarningList } from './warnings.ts'

/** Pieces of a chart read so far, and where each stands in the file. */
export interface Drawing {
  mistakes: MistakeList
  warnings: WarningList
  categories: Category[]
  sections: Section[]
  sectionKeys: Set<string>
  shapes: PlanShape[]
  seats: PlanSeat[]
  /** Middles of the drawn tables, and how far they reach. */
  tables: (Point & { radius: number })[]
  paths: { categories: string[]; sections: string[]; shapes: string[]; seats: string[] }
}

/** An empty drawing, whose mistakes and warnings go to the lists. */
export function startDrawing(mistakes: MistakeList, warnings: WarningList): Drawing {
  const paths = { categories: [], sections: [], shapes: [], seats: [] }
  return {
    mistakes,
    warnings,
    categories: [],
    sections: [],
    sectionKeys: new Set(),
    shapes: [],
    seats: [],
    tables: [],
    paths,
  }
}

/** Surroundings of a drawn object: its file path, its origin, and the section around it. */
export interface Surroundings {
  path: string
  offset: Point
  section: { key: string; label: string; category: string | null } | null
  /** Sections inside of sections. */
  depth: number
}

/** Keeps a seat, up to the greatest number of a plan; beyond that it is a mistake. */
export function addSeat(drawing: Drawing, seat: PlanSeat, path: string): void {
  if (drawing.seats.length < LIMITS.seatsPerPlanMax) {
    drawing.seats.push(seat)
    drawing.paths.seats.push(path)
  } else {
    drawing.mistakes.add(path, `More than ${LIMITS.seatsPerPlanMax} seats.`)
  }
}

/** Keeps a shape and its place in the file. */
export function addShape(drawing: Drawing, shape: PlanShape, path: string): void {
  drawing.shapes.push(shape)
  drawing.paths.shapes.push(path)
}

/** Keeps a section and its place in the file; two of one key are found by the last check. */
export function addSection(drawing: Drawing, section: Section, path: string): void {
  drawing.sections.push(section)
  drawing.sectionKeys.add(section.key)
  drawing.paths.sections.push(path)
}

interface Categorised {
  categoryKey?: string | null | undefined
  categoryLabel?: string | null | undefined
}

/** The key of a category, by key or else by label; null when the object names none. */
export function categoryOf(drawing: Drawing, { categoryKey, categoryLabel }: Categorised) {
  if (categoryKey != null) return categoryKey
  if (!categoryLabel) return null
  const named = drawing.categories.find(({ name }) => name === categoryLabel)
  return named?.key ?? categoryLabel
}

/** An object's category, or that of what is around it; a mistake when nothing has one. */
export function categoryFor(
  drawing: Drawing,
  path: string,
  ...around: readonly (Categorised | { category: string | null } | null)[]
): string {
  for (const one of around) {
    const key = one && ('category' in one ? one.category : categoryOf(drawing, one))
    if (key) return key
  }
  const [only, another] = drawing.categories
  if (only && !another) return only.key
  drawing.mistakes.add(`${path}.categoryKey`, 'Neither this nor what is around it has a category.')
  return ''
}

/**
 * Distance by which a table has to be moved to the right so that it lies on no other: editors
 * leave copies where they were made, and seats that lie on each other cannot be picked.
 */
export function roomForTable(drawing: Drawing, at: Point, radius: number): number {
  let moved = 0
  const isTaken = (table: Point & { radius: number }) =>
    Math.hypot(table.x - at.x - moved, table.y - at.y) < 0.5 * Math.min(table.radius, radius)
  while (drawing.tables.some(isTaken)) moved += 2.5 * radius
  drawing.tables.push({ x: at.x + moved, y: at.y, radius })
  return moved
}

/** Styles in which seats.io draws shapes, areas, booths and tables. */
export interface DrawnObject {
  type?: string | null | undefined
  center?: Point | null | undefined
  topLeft?: Point | null | undefined
  width?: number | null | undefined
  height?: number | null | undefined
  radius?: number | null | undefined
  radius1?: number | null | undefined
  radius2?: number | null | undefined
  rotationAngle?: number | null | undefined
}

/** Kind, centre, size and rotation, in the chart's own coordinates; corners are known apart. */
export function frameOf(object: DrawnObject, corners: readonly Point[]) {
  const radius = object.radius ?? object.radius1 ?? 0
  const isRound = radius > 0
  const box = corners.length > 0 ? boxAround(corners) : null
  const width = isRound ? 2 * radius : (object.width ?? box?.width ?? 0)
  const height = isRound ? 2 * (object.radius2 ?? radius) : (object.height ?? box?.height ?? 0)
  const corner = object.topLeft
  const middle = corner && { x: corner.x + width / 2, y: corner.y + height / 2 }
  const { x, y } = object.center ?? middle ?? box ?? { x: 0, y: 0 }
  const rotation = object.rotationAngle ?? 0
  if (!isRound) return { kind: 'rectangle' as const, x, y, width, height, rotation }
  const kind = width === height ? ('circle' as const) : ('ellipse' as const)
  return { kind, x, y, width, height, rotation }
}

const ROUND_CORNERS = 48

/** The outline of an object as corners, whatever its kind. */
export function outlineOf(object: DrawnObject, corners: readonly Point[]): Point[] {
  if (corners.length > 2) return [...corners]
  const { kind, x, y, width, height, rotation } = frameOf(object, corners)
  const square = [
    { x: -1, y: -1 },
    { x: 1, y: -1 },
    { x: 1, y: 1 },
    { x: -1, y: 1 },
  ]
  const ring = Array.from({ length: ROUND_CORNERS }, (_, index) => {
    return rotate({ x: 1, y: 0 }, (index * 360) / ROUND_CORNERS)
  })
  return (kind === 'rectangle' ? square : ring).map((point) => {
    const turned = rotate({ x: (point.x * width) / 2, y: (point.y * height) / 2 }, rotation)
    return { x: x + turned.x, y: y + turned.y }
  })
}
