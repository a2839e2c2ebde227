import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { PlanSummary, PlanWarning } from './imports.ts'
import { found, newLabels } from './seats.ts'
import { file, ids, instant, listOf, page, showKey, text } from './text.ts'

const seconds = z.int().min(LIMITS.holdSecondsMin)
const seatCount = z.int().min(1).max(LIMITS.seatsPerCommandMax)

/** The terms on which a show is sold. Durations in seconds. */
const terms = {
  salesFrom: instant.nullable(),
  salesUntil: instant.nullable(),
  sellAfterStart: z.boolean(),
  holdSeconds: seconds.max(LIMITS.holdLifeSecondsMax),
  holdSecondsMax: seconds.max(LIMITS.holdLifeSecondsMax),
  holdLifeSecondsMax: seconds.max(LIMITS.holdLifeSecondsMax),
  maxSeatsPerHold: seatCount,
  maxSeatsPerHolder: z.int().min(1).max(LIMITS.seatsPerPlanMax).nullable(),
  refuseOrphans: z.boolean(),
  cancellable: z.boolean(),
  confirmBy: z
    .enum(['holder', 'seller'])
    .describe('Who confirms and books: every holder, or only partner systems and the box office.'),
}

/** Rows of equal length: `A-J`, `1-20` or a list of rows. */
export const GridSeats = z.strictObject({
  rows: z.union([text(200), z.array(text(LIMITS.partLengthMax)).min(1).max(1_000)]),
  seatsPerRow: z.int().min(1).max(1_000),
})

/** A show to put on sale: on a venue's plan, or with seats of its own. */
export const CreateShowBody = z
  .strictObject({
    key: showKey,
    title: text(LIMITS.titleLengthMax),
    startsAt: instant,
    plan: z.string().max(100).optional(),
    seats: z
      .union([GridSeats, newLabels])
      .optional()
      .describe('Without a plan: a grid, or a list of labels, for its own plan.'),
    salesFrom: terms.salesFrom.default(null),
    salesUntil: terms.salesUntil.default(null),
    sellAfterStart: terms.sellAfterStart.default(false),
    holdSeconds: terms.holdSeconds.default(LIMITS.holdSecondsDefault),
    holdSecondsMax: terms.holdSecondsMax.default(LIMITS.holdSecondsMax),
    holdLifeSecondsMax: terms.holdLifeSecondsMax.default(LIMITS.holdLifeSecondsDefault),
    maxSeatsPerHold: terms.maxSeatsPerHold.default(LIMITS.seatsPerHoldDefault),
    maxSeatsPerHolder: terms.maxSeatsPerHolder.default(null),
    refuseOrphans: terms.refuseOrphans.default(false),
    cancellable: terms.cancellable.default(true),
    confirmBy: terms.confirmBy.default('seller'),
  })
  .superRefine((show, context) => {
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (show.plan !== undefined && show.seats !== undefined) {
      wrong('seats', 'must not be given together with a plan')
    }
    if (show.holdSeconds > show.holdSecondsMax) {
      wrong('holdSeconds', 'must not be more than holdSecondsMax')
    }
    if (show.holdSecondsMax > show.holdLifeSecondsMax) {
      wrong('holdSecondsMax', 'must not be more than holdLifeSecondsMax')
    }
    if (
      show.salesFrom !== null &&
      show.salesUntil !== null &&
      Date.parse(show.salesFrom) >= Date.parse(show.salesUntil)
    ) {
      wrong('salesUntil', 'must lie after salesFrom')
    }
  })
export type CreateShowBody = z.infer<typeof CreateShowBody>

/** Only what changes. `null` clears a bound that may be absent. */
export const ChangeShowBody = z
  .strictObject({
    title: text(LIMITS.titleLengthMax),
    startsAt: instant,
    ...terms,
    cancelled: z.boolean(),
    archived: z.boolean().describe('Left out of lists. Nothing else about it changes.'),
  })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, { message: 'names nothing to change' })
export type ChangeShowBody = z.infer<typeof ChangeShowBody>

/** A show and the terms on which it is sold. Times in UTC, durations in seconds. */
export const Show = z
  .strictObject({
    key: z.string(),
    title: z.string(),
    startsAt: z.string(),
    venue: ids.venue.nullable(),
    timeZone: z
      .string()
      .nullable()
      .describe('The time zone of the venue, for showing local times. Null if it has none.'),
    plan: ids.plan,
    seatCount: z.int(),
    salesFrom: z.string().nullable(),
    salesUntil: z.string().nullable(),
    sellAfterStart: z.boolean(),
    holdSeconds: z.int(),
    holdSecondsMax: z.int(),
    holdLifeSecondsMax: z.int(),
    maxSeatsPerHold: z.int(),
    maxSeatsPerHolder: z.int().nullable(),
    refuseOrphans: z.boolean(),
    cancellable: z.boolean(),
    confirmBy: terms.confirmBy,
    cancelledAt: z.string().nullable(),
    archivedAt: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: 'Show' })
export type Show = z.infer<typeof Show>

/** A show that was just created. Seats of its own come with what they were understood as. */
export const CreatedShow = Show.extend({
  summary: PlanSummary.optional(),
  warnings: z.array(PlanWarning).optional(),
}).meta({ id: 'CreatedShow' })
export type CreatedShow = z.infer<typeof CreatedShow>

/** Shows to create like another one: each under a key of its own. */
export const RepeatShowBody = z
  .strictObject({
    shows: z
      .array(
        z.strictObject({
          key: showKey,
          startsAt: instant,
          title: text(LIMITS.titleLengthMax).optional(),
        }),
      )
      .min(1)
      .max(LIMITS.showsPerRepeatMax),
  })
  .superRefine(({ shows }, context) => {
    const seen = new Set<string>()
    for (const [index, { key }] of shows.entries()) {
      const path = ['shows', index, 'key']
      if (seen.has(key)) context.addIssue({ code: 'custom', path, message: 'is named twice' })
      seen.add(key)
    }
  })
export type RepeatShowBody = z.infer<typeof RepeatShowBody>

/** The shows that were asked for, in that order, whether they were there before or not. */
export const RepeatedShows = z.strictObject({ items: z.array(Show) }).meta({ id: 'RepeatedShows' })
export type RepeatedShows = z.infer<typeof RepeatedShows>

/** Key of a show that was deleted: it is free again. */
export const DeletedShow = z
  .strictObject({ key: z.string(), deletedAt: z.string() })
  .meta({ id: 'DeletedShow' })
export type DeletedShow = z.infer<typeof DeletedShow>

/** A page of shows, in the order in which they start. */
export const ShowList = listOf(Show).meta({ id: 'ShowList' })
export type ShowList = z.infer<typeof ShowList>

/** `startsAfter` includes its instant, `startsBefore` does not. */
export const ListShowsQuery = z.strictObject({
  ...page,
  venue: z.string().max(100).optional(),
  startsAfter: instant.optional(),
  startsBefore: instant.optional(),
  archived: z
    .enum(['true', 'false', 'all'])
    .optional()
    .describe('Shows that are archived, those that are not, or all of them.'),
})
export type ListShowsQuery = z.infer<typeof ListShowsQuery>

/** One thing that changed a show. Versions count from 1, without gaps. */
export const JournalEntry = z
  .strictObject({
    version: z.int(),
    at: z.string(),
    kind: z.string(),
    id: z.string().nullable().describe('The hold, booking or block it is about.'),
    seats: z.array(z.string()).describe('What it has after the entry.'),
    freed: z.array(z.string()).describe('What the entry gave back.'),
    until: z.string().nullable(),
    bookedAt: z.string().nullable(),
    holder: z.string().nullable(),
    reference: z.string().nullable(),
    actor: z.string(),
    requestId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'JournalEntry' })
export type JournalEntry = z.infer<typeof JournalEntry>

/** A page of a show's history, oldest first. */
export const Journal = listOf(JournalEntry).meta({ id: 'Journal' })
export type Journal = z.infer<typeof Journal>

/** Kinds of a journal's entries. */
export const ENTRY_KINDS = [
  'create',
  'change',
  'add_seats',
  'hold',
  'extend',
  'release',
  'confirm',
  'book',
  'cancel',
  'swap',
  'transfer',
  'amend',
  'block',
  'describe',
  'unblock',
] as const

/** `after` is the last version that the caller has seen. Filters are combined. */
export const ListJournalQuery = z.strictObject({
  ...page,
  ...file,
  seat: found.seat.describe('Entries that took this seat, kept it or gave it back.'),
  kind: z.enum(ENTRY_KINDS).optional(),
  holder: found.holder,
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
})
export type ListJournalQuery = z.infer<typeof ListJournalQuery>
