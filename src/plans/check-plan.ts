import {
  type Category,
  LIMITS,
  type PlanSeat,
  type PlanShape,
  type PlanSpec,
  type Point,
  type Section,
} from '../protocol/index.ts'
import { cleanKey, cleanName } from './label-parts.ts'
import { joinPath, type MistakeList, quoted, startMistakes } from './mistakes.ts'

/** Bounds of a plan beside those of the protocol. Counts, characters, plan units. */
export const PLAN_BOUNDS = {
  categoriesMax: 1_000,
  sectionsMax: 10_000,
  shapesMax: 10_000,
  pointsMax: 10_000,
  textLengthMax: 1_000,
  coordinateMax: 1_000_000,
} as const

/** Places in the source that correspond to the plan: a mistake names one that its author knows. */
export interface PlanPaths {
  root(field: string): string
  category(index: number, field: string): string
  section(index: number, field: string): string
  shape(index: number, field: string): string
  seat(index: number, field: string): string
}

/** The places of our own JSON, which are those of the plan itself. */
export const OWN_PATHS: PlanPaths = {
  root: (field) => field,
  category: (index, field) => joinPath(`categories[${index}]`, field),
  section: (index, field) => joinPath(`sections[${index}]`, field),
  shape: (index, field) => joinPath(`shapes[${index}]`, field),
  seat: (index, field) => joinPath(`seats[${index}]`, field),
}

/**
 * The plan as it is stored, when it keeps every rule that all formats share, else `plan_invalid`,
 * together with what the reader of its format found. Keys of sections and categories are written
 * as labels are, whatever the file's format. Seats of an accessible category are accessible.
 */
export function finishPlan(
  source: PlanSpec,
  paths: Partial<PlanPaths> = {},
  mistakes: MistakeList = startMistakes(),
): PlanSpec {
  const plan = withCleanKeys(source)
  if (!mistakes.isFull()) checkPlan(plan, mistakes, paths)
  mistakes.refuseIfAny()
  const accessible = new Set(plan.categories.flatMap((one) => (one.accessible ? one.key : [])))
  if (accessible.size === 0) return plan
  const seats = plan.seats.map((seat) => {
    return accessible.has(seat.category) ? { ...seat, accessible: true } : seat
  })
  return { ...plan, seats }
}

function withCleanKeys(plan: PlanSpec): PlanSpec {
  const withKey = <T extends { key: string }>(one: T): T => ({ ...one, key: cleanName(one.key) })
  const seats = plan.seats.map((seat) => {
    const section = seat.section === null ? null : cleanName(seat.section)
    return { ...seat, section, category: cleanName(seat.category) }
  })
  const [categories, sections] = [plan.categories.map(withKey), plan.sections.map(withKey)]
  return { ...plan, categories, sections, seats }
}

/** Notes what breaks the rules of all formats: counts, uniqueness, references, storability. */
export function checkPlan(
  plan: PlanSpec,
  mistakes: MistakeList,
  sourcePaths: Partial<PlanPaths> = {},
): void {
  const paths = { ...OWN_PATHS, ...sourcePaths }
  if (!hasFewEnough(plan, mistakes, paths)) return
  checkFrame(plan, mistakes, paths)
  const categories = checkCategories(plan.categories, mistakes, paths)
  const sections = checkSections(plan.sections, mistakes, paths)
  plan.shapes.forEach((shape, index) => {
    if (!mistakes.isFull()) checkShape(shape, mistakes, (field) => paths.shape(index, field))
  })
  checkSeats(plan.seats, mistakes, paths, { categories, sections })
}

type PathOf = (field: string) => string

function hasFewEnough(plan: PlanSpec, mistakes: MistakeList, paths: PlanPaths): boolean {
  const isEmpty = plan.seats.length === 0 && mistakes.count() === 0
  if (isEmpty) mistakes.add(paths.root('seats'), 'A plan needs at least one seat.')
  const isFine = [
    checkCount(mistakes, paths.root('categories'), plan.categories, PLAN_BOUNDS.categoriesMax),
    checkCount(mistakes, paths.root('sections'), plan.sections, PLAN_BOUNDS.sectionsMax),
    checkCount(mistakes, paths.root('shapes'), plan.shapes, PLAN_BOUNDS.shapesMax),
    checkCount(mistakes, paths.root('seats'), plan.seats, LIMITS.seatsPerPlanMax),
  ]
  return isFine.every(Boolean)
}

function checkFrame(plan: PlanSpec, mistakes: MistakeList, paths: PlanPaths): void {
  checkText(mistakes, paths.root('name'), plan.name, LIMITS.titleLengthMax)
  for (const field of ['width', 'height'] as const) {
    checkCoordinate(mistakes, paths.root(field), plan[field])
    if (plan[field] < 0) mistakes.add(paths.root(field), 'A size must not be negative.')
  }
  if (plan.focalPoint) checkPoint(mistakes, paths.root('focalPoint'), plan.focalPoint)
}

function checkCount(
  mistakes: MistakeList,
  path: string,
  list: readonly unknown[],
  countMax: number,
): boolean {
  if (list.length <= countMax) return true
  mistakes.add(path, `At most ${countMax}, not ${list.length}.`)
  return false
}

function checkCategories(
  categories: Category[],
  mistakes: MistakeList,
  paths: PlanPaths,
): Set<string> {
  const keys = new Map<string, string>()
  categories.forEach((category, index) => {
    const at: PathOf = (field) => paths.category(index, field)
    checkText(mistakes, at('name'), category.name, LIMITS.keyLengthMax)
    checkOwnKey(mistakes, at('key'), category.key, keys)
    if (category.color !== null && !/^#[0-9a-f]{6}$/iu.test(category.color)) {
      mistakes.add(at('color'), 'Write a colour as #rrggbb.')
    }
  })
  return new Set(keys.keys())
}

function checkSections(sections: Section[], mistakes: MistakeList, paths: PlanPaths): Set<string> {
  const keys = new Map<string, string>()
  sections.forEach((section, index) => {
    const at: PathOf = (field) => paths.section(index, field)
    checkText(mistakes, at('name'), section.name, LIMITS.keyLengthMax)
    checkOwnKey(mistakes, at('key'), section.key, keys)
    checkOptionalText(mistakes, at('entrance'), section.entrance, LIMITS.titleLengthMax)
    checkPoints(mistakes, at('outline'), section.outline)
  })
  return new Set(keys.keys())
}

function checkOwnKey(
  mistakes: MistakeList,
  path: string,
  key: string,
  seen: Map<string, string>,
): void {
  checkText(mistakes, path, key, LIMITS.keyLengthMax)
  const first = seen.get(key)
  if (first !== undefined) mistakes.add(path, `${quoted(key)} is taken by ${first} already.`)
  else seen.set(key, path)
}

function checkShape(shape: PlanShape, mistakes: MistakeList, at: PathOf): void {
  for (const field of ['x', 'y', 'width', 'height', 'rotation'] as const) {
    checkCoordinate(mistakes, at(field), shape[field])
  }
  checkPoints(mistakes, at('points'), shape.points)
  checkOptionalText(mistakes, at('text'), shape.text, PLAN_BOUNDS.textLengthMax)
  checkOptionalText(mistakes, at('color'), shape.color, LIMITS.partLengthMax)
}

interface KnownKeys {
  categories: Set<string>
  sections: Set<string>
}

function checkSeats(
  seats: PlanSeat[],
  mistakes: MistakeList,
  paths: PlanPaths,
  known: KnownKeys,
): void {
  const firstWithKey = new Map<string, number>()
  for (let index = 0; index < seats.length && !mistakes.isFull(); index += 1) {
    const seat = seats[index] as PlanSeat
    const at: PathOf = (field) => paths.seat(index, field)
    checkSeat(seat, mistakes, at, known)
    const key = cleanKey(seat.label)
    const first = firstWithKey.get(key)
    if (first === undefined) {
      firstWithKey.set(key, index)
      continue
    }
    const other = paths.seat(first, 'label')
    mistakes.add(at('label'), `Seat ${quoted(seat.label)} already exists, at ${other}.`)
  }
}

function checkSeat(seat: PlanSeat, mistakes: MistakeList, at: PathOf, known: KnownKeys): void {
  checkText(mistakes, at('label'), seat.label, LIMITS.labelLengthMax)
  checkText(mistakes, at('number'), seat.number, LIMITS.partLengthMax)
  if (seat.row !== null) checkText(mistakes, at('row'), seat.row, LIMITS.partLengthMax)
  checkOptionalText(mistakes, at('externalId'), seat.externalId, LIMITS.referenceLengthMax)
  if (!known.categories.has(seat.category)) {
    mistakes.add(at('category'), `There is no category ${quoted(seat.category)}.`)
  }
  if (seat.section !== null && !known.sections.has(seat.section)) {
    mistakes.add(at('section'), `There is no section ${quoted(seat.section)}.`)
  }
  checkCoordinate(mistakes, at('x'), seat.x)
  checkCoordinate(mistakes, at('y'), seat.y)
}

function checkText(mistakes: MistakeList, path: string, text: string, lengthMax: number): void {
  if (text.trim() === '') mistakes.add(path, 'This must not be empty.')
  else checkOptionalText(mistakes, path, text, lengthMax)
}

/** PostgreSQL can store neither the character NUL nor half of a surrogate pair. */
function checkOptionalText(
  mistakes: MistakeList,
  path: string,
  text: string | null,
  lengthMax: number,
): void {
  if (text === null) return
  if (text.length > lengthMax) {
    mistakes.add(path, `At most ${lengthMax} characters, not ${text.length}.`)
  } else if (text.includes('\0') || !text.isWellFormed()) {
    mistakes.add(path, 'A character in here cannot be stored (NUL, or half a surrogate pair).')
  }
}

function checkPoints(mistakes: MistakeList, path: string, points: Point[]): void {
  if (!checkCount(mistakes, path, points, PLAN_BOUNDS.pointsMax)) return
  for (let index = 0; index < points.length && !mistakes.isFull(); index += 1) {
    checkPoint(mistakes, joinPath(path, index), points[index] as Point)
  }
}

function checkPoint(mistakes: MistakeList, path: string, point: Point): void {
  checkCoordinate(mistakes, joinPath(path, 'x'), point.x)
  checkCoordinate(mistakes, joinPath(path, 'y'), point.y)
}

function checkCoordinate(mistakes: MistakeList, path: string, value: number): void {
  if (!(Math.abs(value) <= PLAN_BOUNDS.coordinateMax)) {
    mistakes.add(path, `A number between ±${PLAN_BOUNDS.coordinateMax}, not ${value}.`)
  }
}
