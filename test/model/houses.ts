/** Small random houses: rows of any length with aisles, in sections, some of them standing. */
import fc from 'fast-check'
import type { BestSeats, PlanSpec } from '../../src/protocol/index.ts'

/** Sections of every house; the last one is general admission. A category has the name of one. */
export const SECTIONS = ['stalls', 'balcony', 'floor'] as const
/** The section that is general admission. */
export const STANDING = 'floor'
const CATEGORIES = ['standard', 'stalls', 'cheap'] as const

interface RandomSeat {
  readonly category: (typeof CATEGORIES)[number]
  readonly need: 'none' | 'accessible' | 'companion' | 'restricted' | 'both'
  readonly isAfterAisle: boolean
}

interface RandomRow {
  readonly section: (typeof SECTIONS)[number] | null
  readonly seats: readonly RandomSeat[]
  /** Columns from the left, so that rows are not all centred. */
  readonly indent: number
  /** Its seats are around a table, where they are enough. */
  readonly isTable: boolean
}

interface RandomHouse {
  readonly rows: readonly RandomRow[]
  readonly focalPoint: { readonly x: number; readonly y: number } | null
}

const PITCH = 50
const AISLE_COLUMNS = 4

const seat: fc.Arbitrary<RandomSeat> = fc.record({
  category: fc.constantFrom('standard', 'standard', 'standard', 'stalls', 'cheap'),
  need: fc.oneof(
    { weight: 12, arbitrary: fc.constant('none' as const) },
    { weight: 2, arbitrary: fc.constantFrom('accessible' as const, 'companion' as const) },
    { weight: 1, arbitrary: fc.constantFrom('restricted' as const, 'both' as const) },
  ),
  isAfterAisle: fc.oneof(
    { weight: 8, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
})

const row: fc.Arbitrary<RandomRow> = fc.record({
  section: fc.constantFrom(null, null, 'stalls', 'balcony', 'floor'),
  seats: fc.array(seat, { minLength: 1, maxLength: 14, size: 'max' }),
  indent: fc.nat({ max: 3 }),
  isTable: fc.constant(false),
})

const table = fc.tuple(row, fc.boolean()).map(([one, isTable]) => ({ ...one, isTable }))

/** Plans of 1 to 70 seats. Focal points lie in the middle, aside, or nowhere. */
export const houses = housesOf(row)

/** Some of their rows are round tables. */
export const housesWithTables = housesOf(table)

/** Small tables, and many seats that somebody needs: parties that fill a table whole are common. */
export const housesOfTables = housesOf(
  fc.record({
    section: fc.constant(null),
    seats: fc.array(
      fc.record({
        category: fc.constant('standard' as const),
        need: fc.constantFrom('none' as const, 'accessible' as const, 'companion' as const),
        isAfterAisle: fc.constant(false),
      }),
      { minLength: 2, maxLength: 5, size: 'max' },
    ),
    indent: fc.nat({ max: 3 }),
    isTable: fc.boolean(),
  }),
)

/** Parties of the size of such a table, some of whom need a seat. */
export const parties: fc.Arbitrary<BestSeats> = fc.record({
  quantity: fc.integer({ min: 2, max: 5 }),
  accessible: fc.integer({ min: 0, max: 2 }),
})

function housesOf(kind: fc.Arbitrary<RandomRow>): fc.Arbitrary<PlanSpec> {
  return fc
    .record({
      rows: fc.array(kind, { minLength: 1, maxLength: 5, size: 'max' }),
      focalPoint: fc.option(
        fc.record({
          x: fc.constantFrom(275, 275, 0, 133.7),
          y: fc.constantFrom(0, 0, 25, -100.1),
        }),
        { freq: 8 },
      ),
    })
    .map(toPlan)
}

/** Wishes of shoppers, mostly what can be had. */
export const asks: fc.Arbitrary<BestSeats> = fc
  .record({
    quantity: fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 6 }) },
      { weight: 1, arbitrary: fc.integer({ min: 7, max: 40 }) },
    ),
    section: fc.constantFrom(undefined, undefined, undefined, ...SECTIONS),
    category: fc.constantFrom(undefined, undefined, undefined, ...CATEGORIES),
    accessible: fc.constantFrom(undefined, undefined, undefined, 0, 1, 2, 3),
  })
  .map(({ quantity, section, category, accessible }) => ({
    quantity,
    ...(section === undefined ? {} : { section }),
    ...(category === undefined ? {} : { category }),
    ...(accessible === undefined ? {} : { accessible: Math.min(accessible, quantity) }),
  }))

/** Seats taken from the beginning: of a house that is empty, half full, nearly full. */
export const takings: fc.Arbitrary<number[]> = fc
  .constantFrom(0, 3, 6, 8)
  .chain((tenths) =>
    fc
      .array(fc.nat({ max: 9 }), { minLength: 70, maxLength: 70 })
      .map((rolls) => rolls.flatMap((roll, number) => (roll < tenths ? [number] : []))),
  )

function toPlan({ rows, focalPoint }: RandomHouse): PlanSpec {
  const seats = rows.flatMap(({ section, seats: ofRow, indent, isTable }, line) => {
    let column = indent
    const around = (place: number) => {
      const angle = (2 * Math.PI * place) / ofRow.length
      const radius = (PITCH * ofRow.length) / 6
      return {
        x: column * PITCH + radius * Math.cos(angle),
        y: (line + 1) * PITCH + radius * Math.sin(angle),
      }
    }
    return ofRow.map(({ category, need, isAfterAisle }, place) => {
      if (!isTable) column += place > 0 && isAfterAisle ? AISLE_COLUMNS : 1
      const name = String.fromCharCode(65 + line)
      return {
        label: `${name}${place + 1}`,
        section,
        row: name,
        number: String(place + 1),
        category,
        ...(isTable ? around(place) : { x: column * PITCH, y: (line + 1) * PITCH }),
        accessible: need === 'accessible',
        companion: need === 'companion' || need === 'both',
        restrictedView: need === 'restricted' || need === 'both',
        externalId: null,
      }
    })
  })
  return {
    name: 'A random house',
    width: 1000,
    height: 1000,
    focalPoint,
    categories: CATEGORIES.map((key) => ({ key, name: key, color: null, accessible: false })),
    sections: SECTIONS.map((key) => ({
      key,
      name: key,
      generalAdmission: key === STANDING,
      entrance: null,
      outline: [],
    })),
    shapes: [],
    seats,
  }
}
