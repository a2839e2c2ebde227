import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { PLAN_EXPORT_FORMATS, PLAN_FORMATS } from '../plan.ts'
import { PlanSummary, PlanWarning, planOptions } from './imports.ts'
import { ids, listOf, page, text } from './text.ts'

const timeZone = text(60).refine(isTimeZone, {
  message: 'must be an IANA time zone such as Europe/London',
})

/** A place with seating plans. Two venues may have the same name. */
export const CreateVenueBody = z.strictObject({
  name: text(LIMITS.titleLengthMax),
  timeZone: timeZone.optional(),
})
export type CreateVenueBody = z.infer<typeof CreateVenueBody>

/** Only what changes. A venue that is retired takes no new plans and shows; its shows go on. */
export const ChangeVenueBody = z
  .strictObject({ name: text(LIMITS.titleLengthMax), timeZone, retired: z.boolean() })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, { message: 'names nothing to change' })
export type ChangeVenueBody = z.infer<typeof ChangeVenueBody>

/** Tells whether Intl knows the name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** A venue as it is answered. `timeZone` is for showing local times only. */
export const Venue = z
  .strictObject({
    id: ids.venue,
    name: z.string(),
    timeZone: z.string().nullable(),
    retiredAt: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'Venue' })
export type Venue = z.infer<typeof Venue>

/** A page of venues, in the order of their ids. */
export const VenueList = listOf(Venue).meta({ id: 'VenueList' })
export type VenueList = z.infer<typeof VenueList>

/** Without `retired`: venues that new shows may use. */
export const ListVenuesQuery = z.strictObject({
  ...page,
  retired: z.enum(['true', 'false', 'all']).optional(),
})
export type ListVenuesQuery = z.infer<typeof ListVenuesQuery>

/** `source` is the document itself: an object for JSON formats, text for CSV. */
export const CreatePlanBody = z.strictObject({
  format: z.enum(PLAN_FORMATS).optional().describe('Detected from the source if left out.'),
  name: text(LIMITS.titleLengthMax).optional(),
  source: z.unknown().refine((value) => value !== undefined, { message: 'is required' }),
  ...planOptions,
})
export type CreatePlanBody = z.infer<typeof CreatePlanBody>

/** Only what changes. A plan that is retired takes no new shows; those that have it keep it. */
export const ChangePlanBody = z
  .strictObject({ name: text(LIMITS.titleLengthMax), retired: z.boolean() })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, { message: 'names nothing to change' })
export type ChangePlanBody = z.infer<typeof ChangePlanBody>

/** A plan among others of its venue. */
export const PlanOverview = z
  .strictObject({
    id: ids.plan,
    venue: ids.venue,
    name: z.string(),
    seatCount: z.int(),
    showCount: z.int().describe('Shows on this plan.'),
    retiredAt: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'PlanOverview' })
export type PlanOverview = z.infer<typeof PlanOverview>

/** A page of the plans of a venue, in the order in which they were created. */
export const PlanList = listOf(PlanOverview).meta({ id: 'PlanList' })
export type PlanList = z.infer<typeof PlanList>

/** Without `retired`: plans that new shows may use. */
export const ListPlansQuery = z.strictObject({
  ...page,
  retired: z.enum(['true', 'false', 'all']).optional(),
})
export type ListPlansQuery = z.infer<typeof ListPlansQuery>

/** A point in the plan's own units. */
export const PointSchema = z.strictObject({ x: z.number(), y: z.number() })

/** A plan without its seats: those come with `?format=`, or with a show's map. */
export const Plan = z
  .strictObject({
    id: ids.plan,
    venue: ids.venue.nullable(),
    name: z.string(),
    seatCount: z.int(),
    categories: z.array(z.strictObject({ key: z.string(), name: z.string(), seatCount: z.int() })),
    sections: z.array(
      z.strictObject({
        key: z.string(),
        name: z.string(),
        generalAdmission: z.boolean(),
        seatCount: z.int(),
      }),
    ),
    retiredAt: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'Plan' })
export type Plan = z.infer<typeof Plan>

/** A plan that was just stored: what it was understood as, and what may not be meant. */
export const CreatedPlan = Plan.extend({
  summary: PlanSummary,
  warnings: z.array(PlanWarning),
}).meta({ id: 'CreatedPlan' })
export type CreatedPlan = z.infer<typeof CreatedPlan>

/** Without a format: the summary; with one: the whole plan as a file of that format. */
export const GetPlanQuery = z.strictObject({ format: z.enum(PLAN_EXPORT_FORMATS).optional() })
export type GetPlanQuery = z.infer<typeof GetPlanQuery>

const shape = z.strictObject({
  kind: z.enum(['rectangle', 'circle', 'ellipse', 'polygon', 'text']),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  rotation: z.number(),
  points: z.array(PointSchema),
  text: z.string().nullable(),
  color: z.string().nullable(),
})

/** Everything that drawing needs, in columns: element n of each column is seat number n. */
export const SeatMap = z
  .strictObject({
    show: z.string(),
    plan: ids.plan,
    name: z.string(),
    width: z.number(),
    height: z.number(),
    focalPoint: PointSchema.nullable(),
    categories: z.array(
      z.strictObject({
        key: z.string(),
        name: z.string(),
        color: z.string().nullable(),
        accessible: z.boolean(),
      }),
    ),
    sections: z.array(
      z.strictObject({
        key: z.string(),
        name: z.string(),
        generalAdmission: z.boolean(),
        entrance: z.string().nullable(),
        outline: z.array(PointSchema),
      }),
    ),
    shapes: z.array(shape),
    seatCount: z.int(),
    seats: z.strictObject({
      labels: z.array(z.string()),
      sections: z.array(z.int()).describe('Index into sections, or -1.'),
      rows: z.array(z.string().nullable()),
      numbers: z.array(z.string()),
      categories: z.array(z.int()).describe('Index into categories.'),
      xs: z.array(z.number()),
      ys: z.array(z.number()),
      flags: z.array(z.int()).describe('1 accessible + 2 companion + 4 restricted view.'),
    }),
  })
  .meta({ id: 'SeatMap' })
export type SeatMap = z.infer<typeof SeatMap>
