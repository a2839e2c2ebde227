/** A point in the plan's own units (about centimetres to a person's eye; only ratios matter). */
export interface Point {
  x: number
  y: number
}

/** A price class of seats. */
export interface Category {
  /** Unique in the plan. */
  key: string
  name: string
  /** CSS hexadecimal colour, `#rrggbb`, or null. */
  color: string | null
  accessible: boolean
}

/** A part of the house. Seats outside every section have `section: null`. */
export interface Section {
  /** Unique in the plan. */
  key: string
  name: string
  /** Places instead of chosen seats: the engine numbers them, shoppers ask for a quantity. */
  generalAdmission: boolean
  entrance: string | null
  /** Closed outline for drawing, or an empty list. */
  outline: Point[]
}

/** One seat, at its dense number: `plan.seats[7]` is seat number 7. */
export interface PlanSeat {
  /** Printed label: unique in the plan by its key (`seatKey`). */
  label: string
  /** Section key, or null. */
  section: string | null
  row: string | null
  /** The seat's number inside its row, as printed. */
  number: string
  /** Category key. */
  category: string
  x: number
  y: number
  accessible: boolean
  companion: boolean
  restrictedView: boolean
  /** The id under which another system knows the seat, given back on export. */
  externalId: string | null
}

/** Something drawn that is not a seat: a stage, a bar, a text. */
export interface PlanShape {
  kind: 'rectangle' | 'circle' | 'ellipse' | 'polygon' | 'text'
  /** Centre of the shape, in plan units. */
  x: number
  y: number
  width: number
  height: number
  /** Degrees, clockwise. */
  rotation: number
  /** Corners of a polygon, in plan units, as drawn (not to be rotated again); else empty. */
  points: Point[]
  text: string | null
  color: string | null
}

/** Plan as an importer makes it of a file, and as it is stored. */
export interface PlanSpec {
  name: string
  width: number
  height: number
  /** Point that everyone looks at: the middle of the stage or the screen. */
  focalPoint: Point | null
  categories: Category[]
  sections: Section[]
  shapes: PlanShape[]
  seats: PlanSeat[]
}

/** Formats that `createPlan` and `rowlock plan import` read. */
export const PLAN_FORMATS = ['grid', 'rowlock', 'csv', 'pretix', 'seatsio'] as const
export type PlanFormat = (typeof PLAN_FORMATS)[number]

/** Formats that a plan can be written in. */
export const PLAN_EXPORT_FORMATS = ['rowlock', 'csv', 'pretix'] as const
export type PlanExportFormat = (typeof PLAN_EXPORT_FORMATS)[number]

/** Rows given as `A-J`, `1-20` or a list, each with the same number of seats. */
export interface GridSpec {
  rows: string | string[]
  seatsPerRow: number
}
