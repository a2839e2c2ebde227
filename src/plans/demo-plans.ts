import type { Category, PlanSeat, PlanSpec, Point, Section } from '../protocol/index.ts'
import { type ArcSection, arcCapacities, outlineArcRows, seatArcRows } from './arc-rows.ts'
import { finishPlan } from './check-plan.ts'
import { fitFrame } from './fit-frame.ts'
import { HOUSE_CATEGORIES, openRowEnds, rowsOf } from './house-parts.ts'
import { makeSeat, makeSection } from './seat-parts.ts'
import { makePolygon, makeText } from './shape-parts.ts'

/** Between the rows of the cinema. */
const ROW_PITCH = 62

/**
 * The cinema of the demonstration: 50 seats, A1 to E10, the back rows dearer, a bowed screen. One
 * sees best from the middle of rows D and E, as the prices say, and not from under the screen.
 */
export function demoCinemaPlan(): PlanSpec {
  const seats = ['A', 'B', 'C', 'D', 'E'].flatMap((row, line) =>
    Array.from({ length: 10 }, (_, place) => {
      const number = String(place + 1)
      const category = line < 3 ? 'standard' : 'premium'
      // A slight bow, and an aisle through the middle.
      const x = (place - 4.5) * 50 + (place < 5 ? -35 : 35)
      const y = line * ROW_PITCH - ((place - 4.5) / 4.5) ** 2 * 22
      return makeSeat({ label: `${row}${number}`, row, number, category, x, y })
    }),
  )
  const [first] = rowsOf(seats)
  if (first) openRowEnds(first)
  return finishPlan(
    fitFrame({
      name: 'Demo cinema',
      focalPoint: { x: 0, y: 3.25 * ROW_PITCH },
      categories: cinemaCategories(),
      sections: [],
      shapes: [
        makePolygon(screenCorners(), { color: '#8a8f98' }),
        makeText('Screen', { x: 0, y: -150 }, 22, { color: '#6b7280' }),
      ],
      seats,
    }),
  )
}

function cinemaCategories(): Category[] {
  return [
    { key: 'standard', name: 'Standard', color: '#3b6fb6', accessible: false },
    { key: 'premium', name: 'Premium', color: '#b5426a', accessible: false },
  ]
}

function screenCorners() {
  const bow = (x: number) => -190 - (x / 300) ** 2 * 26
  const xs = Array.from({ length: 13 }, (_, step) => -300 + step * 50)
  const back = xs.map((x) => ({ x, y: bow(x) - 10 })).reverse()
  return [...xs.map((x) => ({ x, y: bow(x) })), ...back]
}

interface Floor extends ArcSection {
  rowCount: number
  /** The price class of a row, by its index from the front. */
  category: (row: number) => string
}

const CENTRE = { x: 0, y: 0 }

const FLOORS: readonly Floor[] = [
  {
    name: 'Stalls',
    centre: CENTRE,
    radius: 900,
    rowPitch: 66,
    halfAngle: 0.56,
    aisles: [-0.2, 0.2],
    rowCount: 16,
    category: (row) => (row < 7 ? 'premium' : row < 13 ? 'first' : 'second'),
  },
  {
    name: 'Circle',
    centre: CENTRE,
    radius: 2_110,
    rowPitch: 66,
    halfAngle: 0.52,
    aisles: [-0.32, -0.11, 0.11, 0.32],
    rowCount: 8,
    category: (row) => (row < 3 ? 'first' : row < 6 ? 'second' : 'third'),
  },
  {
    name: 'Balcony',
    centre: CENTRE,
    radius: 2_800,
    rowPitch: 66,
    halfAngle: 0.42,
    aisles: [-0.26, -0.09, 0.09, 0.26],
    rowCount: 6,
    category: (row) => (row < 2 ? 'second' : 'third'),
  },
]

/** The theatre of the demonstration: stalls, circle, balcony and eight boxes around a stage. */
export function demoTheatrePlan(): PlanSpec {
  const sections: Section[] = FLOORS.map((floor) => outlineArcRows(floor, floor.rowCount))
  const seats = FLOORS.flatMap((floor) =>
    seatArcRows(floor, arcCapacities(floor, floor.rowCount), ({ index }) => {
      return { category: floor.category(index) }
    }),
  )
  for (const row of rowsOf(seats.filter(({ section }) => section === 'Stalls')).slice(-2)) {
    openRowEnds(row)
  }
  return finishPlan(
    fitFrame({
      name: 'Demo theatre',
      focalPoint: { x: 0, y: 350 },
      categories: [...HOUSE_CATEGORIES.map((category) => ({ ...category })), BOX],
      sections: [...sections, makeSection('Boxes')],
      shapes: [...stageShapes(), ...boxShapes()],
      seats: [...seats, ...boxSeats()],
    }),
  )
}

const BOX: Category = { key: 'box', name: 'Box', color: '#7d56a8', accessible: false }

function stageShapes() {
  const stage = [
    { x: -560, y: 150 },
    { x: 560, y: 150 },
    { x: 470, y: 560 },
    { x: 240, y: 640 },
    { x: 0, y: 665 },
    { x: -240, y: 640 },
    { x: -470, y: 560 },
  ]
  return [makePolygon(stage, { color: '#4a4a55', text: 'Stage' })]
}

const BOX_LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']

/** A place on the side walls: `along` from the stage, `out` of the wall. */
function onWall(box: number, along: number, out: number): Point {
  const side = box < 4 ? -1 : 1
  const far = (box % 4) * 260 + along
  return { x: side * (700 + 0.47 * far + 0.88 * out), y: 660 + 0.88 * far - 0.47 * out }
}

function boxShapes() {
  return BOX_LETTERS.map((_, box) => {
    const corners = [onWall(box, -32, -32), onWall(box, 182, -32), onWall(box, 182, 32)]
    return makePolygon([...corners, onWall(box, -32, 32)], { color: '#e4dcee' })
  })
}

/** Four boxes on each side, A and E beside the stage: from these one sees it slantwise. */
function boxSeats(): PlanSeat[] {
  return BOX_LETTERS.flatMap((letter, box) => {
    const row = `Box ${letter}`
    const given = { section: 'Boxes', row, category: BOX.key, restrictedView: box % 4 === 0 }
    return Array.from({ length: 4 }, (_, place) => {
      const number = String(place + 1)
      return makeSeat({
        ...given,
        label: `${row}-${number}`,
        number,
        ...onWall(box, place * 50, 0),
      })
    })
  })
}
