import { z } from 'zod'

// Drawings carry many fields of the editor's; only those that we use are named, others pass.
// Null stands for "not set" nearly everywhere.
const list = z
  .array(z.unknown())
  .nullish()
  .transform((value) => value ?? [])
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)
const label = z.union([z.string().max(200), z.number()]).transform(String)
const key = z.union([z.string(), z.number()]).transform(String).nullish()
const text = z.string().nullish()
const number = z.number().nullish()

/** A place, in the coordinates of the chart around it. */
export const pointSchema = z.object({ x: z.number(), y: z.number() })

const categorised = { categoryKey: key, categoryLabel: text }

/** The file: one chart, or one for each floor. */
export const rootSchema = z.object({
  name: text,
  categories: z.object({ list }).nullish(),
  zones: z.object({ list }).nullish(),
  subChart: z.unknown().optional(),
  subChartFloors: list,
})

/** A price class; keys are numbers or texts, and compared as texts. */
export const categorySchema = z.object({
  key: z.union([z.string(), z.number()]).transform(String),
  label,
  color: text,
  accessible: flag,
})

/** A chart, or the inside of a section. */
export const subChartSchema = z.looseObject({
  width: number,
  height: number,
  focalPoint: pointSchema.nullish(),
  rows: list,
  tables: list,
  booths: list,
  generalAdmissionAreas: list,
  sections: list,
  shapes: list,
  texts: list,
})

/** A row of seats; the seats have places of their own. */
export const rowSchema = z.object({ ...categorised, label, sectionLabel: text, seats: list })

/** A seat of a row or a table. */
export const seatSchema = z.object({
  ...categorised,
  label,
  x: z.number(),
  y: z.number(),
  accessible: flag,
  companionSeat: flag,
  restrictedView: flag,
  uuid: text,
})

/** Fields that shapes, areas, booths and tables have in common: how they are drawn. */
const drawn = {
  type: text,
  center: pointSchema.nullish(),
  topLeft: pointSchema.nullish(),
  width: number,
  height: number,
  radius: number,
  radius1: number,
  radius2: number,
  rotationAngle: number,
  points: list,
}

/** A table; its seats have places of their own. */
export const tableSchema = z.object({
  ...categorised,
  ...drawn,
  label,
  seats: list,
  bookAsAWhole: flag,
})

/** A booth, sold as one. */
export const boothSchema = z.object({
  ...categorised,
  ...drawn,
  label,
  accessible: flag,
  restrictedView: flag,
  uuid: text,
})

/** A standing area: places without seats. */
export const areaSchema = z.object({
  ...categorised,
  ...drawn,
  label,
  capacity: z.int().min(0).max(100_000),
  bookAsAWhole: flag,
})

/** Something drawn. */
export const shapeSchema = z.object({ ...drawn, label: text, fillColor: text })

/** Something written. */
export const textSchema = z.object({
  text,
  label: text,
  center: pointSchema.nullish(),
  x: number,
  y: number,
  fontSize: number,
  rotationAngle: number,
  textColor: text,
})

/** A section with a chart of its own, placed at `topLeft`. */
export const sectionSchema = z.object({
  ...categorised,
  label,
  entrance: text,
  topLeft: pointSchema.nullish(),
  points: list,
  subChart: z.unknown().optional(),
})

/** A floor that holds its chart inside. */
export const floorSchema = z.object({ subChart: z.unknown().optional() })
