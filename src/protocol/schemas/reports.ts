import { z } from 'zod'
import { SEAT_STATUSES } from './seats.ts'
import { file } from './text.ts'

/** Properties by which the seats of a show can be counted. */
export const REPORT_PARTS = ['status', 'section', 'category', 'row', 'holder', 'day'] as const
/** One of them. */
export type ReportPart = (typeof REPORT_PARTS)[number]

const isPart = (name: string) => (REPORT_PARTS as readonly string[]).includes(name)

/** Properties to count by, in this order. */
export const GetReportQuery = z.strictObject({
  format: file.format,
  bom: file.bom,
  by: z
    .string()
    .max(100)
    .refine((by) => by.split(',').every(isPart), {
      message: `must be some of ${REPORT_PARTS.join(', ')}, separated by commas`,
    })
    .refine((by) => new Set(by.split(',')).size === by.split(',').length, {
      message: 'must name each only once',
    })
    .default('status')
    .describe('Some of `status`, `section`, `category`, `row`, `holder`, `day`: comma-separated.'),
})
export type GetReportQuery = z.infer<typeof GetReportQuery>

/** Seats that are alike in what was asked for; what was not asked for is left out. */
export const ReportRow = z
  .strictObject({
    status: z.enum(SEAT_STATUSES).optional(),
    section: z.string().nullable().optional(),
    category: z.string().optional(),
    row: z.string().nullable().optional(),
    holder: z.string().nullable().optional(),
    day: z
      .string()
      .nullable()
      .optional()
      .describe(
        "The day the seats were sold, in the venue's time zone. Null while they are not sold.",
      ),
    seats: z.int(),
    bookings: z.int(),
  })
  .meta({ id: 'ReportRow' })
export type ReportRow = z.infer<typeof ReportRow>

/** Rows as a report by these parts has them: a file has columns only for what was asked for. */
export function reportRowBy(by: readonly ReportPart[]): z.ZodObject {
  const names = [...by, 'seats', 'bookings'] as const
  return ReportRow.pick(Object.fromEntries(names.map((name) => [name, true])) as never)
}

/** The seats of a show, counted. */
export const Report = z
  .strictObject({
    show: z.string(),
    asOf: z.string(),
    timeZone: z.string().describe('The time zone in which each `day` is one.'),
    by: z.array(z.enum(REPORT_PARTS)),
    seats: z.int(),
    items: z.array(ReportRow),
  })
  .meta({ id: 'Report' })
export type Report = z.infer<typeof Report>
