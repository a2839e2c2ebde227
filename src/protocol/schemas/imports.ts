import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { text } from './text.ts'

/** The columns of a CSV file that are read, in the order in which they are written. */
export const CSV_COLUMNS = [
  'section',
  'row',
  'seat',
  'label',
  'category',
  'x',
  'y',
  'accessible',
  'companion',
  'restricted_view',
  'general_admission',
  'capacity',
  'external_id',
] as const
/** A column by our name for it. */
export type CsvColumn = (typeof CSV_COLUMNS)[number]

/** Sides of the plan, the middle of which may be the focal point. */
export const PLAN_SIDES = ['top', 'right', 'bottom', 'left'] as const
export type PlanSide = (typeof PLAN_SIDES)[number]

const coordinate = z.number().min(-1_000_000).max(1_000_000)

/** Options for reading a file, where it does not say it itself. */
export const planOptions = {
  columns: z
    .partialRecord(z.enum(CSV_COLUMNS), text(LIMITS.titleLengthMax))
    .optional()
    .describe('CSV: the name in the header of the column that says this.'),
  ignoreUnknownColumns: z
    .boolean()
    .optional()
    .describe('CSV: ignore unknown columns, with a warning.'),
  focalPoint: z
    .union([z.enum(PLAN_SIDES), z.strictObject({ x: coordinate, y: coordinate })])
    .optional()
    .describe('Where everyone looks: a side of the plan, or a point in its units.'),
}
/** Nothing has to be said. */
export const PlanOptions = z.strictObject(planOptions)
export type PlanOptions = z.infer<typeof PlanOptions>

/** Codes of an import's warnings. A code may be added, never renamed. */
export const PLAN_WARNINGS = [
  'rows_unread',
  'seats_overlap',
  'seats_outside_section',
  'colors_alike',
  'categories_unused',
  'columns_ignored',
  'fields_ignored',
  'area_without_places',
  'tables_moved',
  'category_made',
  'no_focal_point',
] as const
export type PlanWarningCode = (typeof PLAN_WARNINGS)[number]

/** Something that was read, and may not be meant. The plan is stored all the same. */
export const PlanWarning = z
  .strictObject({
    code: z.enum(PLAN_WARNINGS),
    message: z.string(),
    count: z.int().describe('How many seats, columns, fields … it is about.'),
    examples: z.array(z.string()).describe('The first of them: labels, names or places.'),
  })
  .meta({ id: 'PlanWarning' })
export type PlanWarning = z.infer<typeof PlanWarning>

/** Summary of what a plan was understood as, in numbers. */
export const PlanSummary = z
  .strictObject({
    seats: z.int(),
    sections: z.int(),
    rows: z.int().describe('Rows whose seats have neighbours; general admission has none.'),
    longestRow: z
      .strictObject({
        section: z.string().nullable(),
        row: z.string(),
        seats: z.int(),
      })
      .nullable(),
    seatsWithoutRow: z.int().describe('Chosen seats with no row: they have no neighbours.'),
    generalAdmission: z.int().describe('Places of general admission.'),
    accessible: z.int(),
    companion: z.int(),
    restrictedView: z.int(),
    categories: z.array(z.strictObject({ key: z.string(), name: z.string(), seats: z.int() })),
  })
  .meta({ id: 'PlanSummary' })
export type PlanSummary = z.infer<typeof PlanSummary>
