import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { Block, Booking } from './bookings.ts'
import { Hold } from './holds.ts'
import { Show } from './shows.ts'
import { ids, listOf, page, showKey, text } from './text.ts'

const HOLD_EVENTS = [
  'hold.created',
  'hold.extended',
  'hold.changed',
  'hold.released',
  'hold.expired',
] as const
const BOOKING_EVENTS = [
  'booking.created',
  'booking.changed',
  'booking.cancelled',
  'booking.transferred',
  'booking.left',
] as const
const BLOCK_EVENTS = ['block.created', 'block.changed', 'block.released'] as const
const SHOW_EVENTS = ['show.created', 'show.changed', 'show.cancelled'] as const

/** Everything that a webhook or the event feed can tell of. */
export const EVENT_TYPES = [
  ...HOLD_EVENTS,
  ...BOOKING_EVENTS,
  ...BLOCK_EVENTS,
  ...SHOW_EVENTS,
  'webhook.test',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

const id = z.string().describe('The same from every server and on every retry.')
const at = z.string().describe('When it happened, in UTC, by the clock of the database.')

function ofShow<const Types extends readonly [EventType, ...EventType[]], Data extends z.ZodType>(
  types: Types,
  data: Data,
) {
  return z.strictObject({
    id,
    type: z.enum(types),
    at,
    show: z.string(),
    version: z.int().describe('The version of the show that it belongs to.'),
    data,
  })
}

/** Event of a hold: `data` is the hold as it was at that version. */
export const HoldEvent = ofShow(HOLD_EVENTS, Hold).meta({ id: 'HoldEvent' })
export type HoldEvent = z.infer<typeof HoldEvent>

/** Event of a booking: `data` is the booking as it was at that version. */
export const BookingEvent = ofShow(BOOKING_EVENTS, Booking).meta({ id: 'BookingEvent' })
export type BookingEvent = z.infer<typeof BookingEvent>

/** Event of a block: `data` is the block as it was at that version. */
export const BlockEvent = ofShow(BLOCK_EVENTS, Block).meta({ id: 'BlockEvent' })
export type BlockEvent = z.infer<typeof BlockEvent>

/** Event of a show: `data` is the show. */
export const ShowEvent = ofShow(SHOW_EVENTS, Show).meta({ id: 'ShowEvent' })
export type ShowEvent = z.infer<typeof ShowEvent>

/** Event that you get when you test a webhook. */
export const TestEvent = z
  .strictObject({
    id,
    type: z.enum(['webhook.test']),
    at,
    show: z.null(),
    version: z.null(),
    data: z.strictObject({}),
  })
  .meta({ id: 'TestEvent' })
export type TestEvent = z.infer<typeof TestEvent>

/**
 * One thing that happened: what a webhook is sent, and what the event feed lists. Its `type` says
 * what `data` is.
 */
export const Event = z
  .discriminatedUnion('type', [HoldEvent, BookingEvent, BlockEvent, ShowEvent, TestEvent])
  .meta({ id: 'Event' })
export type Event = z.infer<typeof Event>

/** Tells whether an event of that type tells of a hold, a booking, a block or a show. */
export function isEventOf<About extends 'hold' | 'booking' | 'block' | 'show'>(
  about: About,
  type: EventType,
): type is Extract<EventType, `${About}.${string}`> {
  return type.startsWith(`${about}.`)
}

/** Events of a show; `after` goes on from here. */
export const EventPage = z
  .strictObject({
    events: z.array(Event),
    after: z.string().describe('Pass it as `after` to get what comes next.'),
  })
  .meta({ id: 'EventPage' })
export type EventPage = z.infer<typeof EventPage>

/** Seconds that a request for events may wait for some. */
export const EVENT_WAIT_SECONDS_MAX = 25

/** Event to go on after, and how long to wait when nothing has happened since. */
export const ListEventsQuery = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,15}(?:\.\d{1,15})?(?:_r\d{1,9})?$/, {
      message: 'must be the "after" of the page before',
    })
    .optional()
    .describe(
      'The `after` of the page before, or a version from before any restore of the database. ' +
        'From the beginning when left out.',
    ),
  wait: z.coerce
    .number()
    .int()
    .min(0)
    .max(EVENT_WAIT_SECONDS_MAX)
    .default(0)
    .describe('Seconds to wait for an event when there is none.'),
  limit: z.coerce.number().int().min(1).max(LIMITS.pageLimitMax).default(LIMITS.pageLimitDefault),
})
export type ListEventsQuery = z.infer<typeof ListEventsQuery>

const url = text(LIMITS.urlLengthMax).refine((value) => URL.canParse(value), {
  message: 'must be an absolute URL',
})
const events = z
  .array(z.enum(EVENT_TYPES))
  .min(1)
  .max(EVENT_TYPES.length)
  .refine((types) => new Set(types).size === types.length, { message: 'names one twice' })
const shows = z.array(showKey).min(1).max(LIMITS.showsPerKeyMax)
const description = text(LIMITS.titleLengthMax)

/** A system that is told what happens. `events` and `shows` are null for all of them. */
export const Webhook = z
  .strictObject({
    id: ids.webhook,
    url: z.string(),
    events: z.array(z.enum(EVENT_TYPES)).nullable(),
    shows: z.array(z.string()).nullable(),
    description: z.string().nullable(),
    status: z.enum(['enabled', 'disabled']),
    disabledWhy: z
      .string()
      .nullable()
      .describe('`by hand`, `gone` (it answered 410) or `failing` (for five days).'),
    failingSince: z.string().nullable(),
    waiting: z.int().describe('Events that failed and will be retried.'),
    createdAt: z.string(),
  })
  .meta({ id: 'Webhook' })
export type Webhook = z.infer<typeof Webhook>

/** `secret` is shown this once. */
export const WebhookWithSecret = Webhook.extend({ secret: z.string() }).meta({
  id: 'WebhookWithSecret',
})
export type WebhookWithSecret = z.infer<typeof WebhookWithSecret>

/** A page of webhooks, in the order of their ids. */
export const WebhookList = listOf(Webhook).meta({ id: 'WebhookList' })
export type WebhookList = z.infer<typeof WebhookList>

/** Webhooks have no filters, only pages. */
export const ListWebhooksQuery = z.strictObject(page)
export type ListWebhooksQuery = z.infer<typeof ListWebhooksQuery>

/** Without `events` all types, without `shows` all shows that the caller may see. */
export const CreateWebhookBody = z.strictObject({
  url,
  events: events.optional(),
  shows: shows.optional(),
  description: description.optional(),
})
export type CreateWebhookBody = z.infer<typeof CreateWebhookBody>

/** Only what changes; null clears. `disabled` stops deliveries, or lets them go on. */
export const ChangeWebhookBody = z
  .strictObject({
    url,
    events: events.nullable(),
    shows: shows.nullable(),
    description: description.nullable(),
    disabled: z.boolean(),
  })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, { message: 'names nothing to change' })
export type ChangeWebhookBody = z.infer<typeof ChangeWebhookBody>

/** Seconds for which the secret that there is goes on signing beside the new one. */
export const RotateWebhookSecretBody = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(LIMITS.overlapSecondsMax)
    .default(LIMITS.overlapSecondsDefault),
})
export type RotateWebhookSecretBody = z.infer<typeof RotateWebhookSecretBody>

/** Everything of `show` after the version `after` is delivered once more. */
export const ReplayWebhookBody = z.strictObject({
  show: showKey,
  after: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
})
export type ReplayWebhookBody = z.infer<typeof ReplayWebhookBody>

/** Waiting: to be tried again. Failed: given up. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const

/** Record of one event: where it was sent last, and what came back. */
export const WebhookDelivery = z
  .strictObject({
    event: z.string().describe('The id of the event, as in the header `webhook-id`.'),
    type: z.enum(EVENT_TYPES),
    show: z.string().nullable(),
    version: z.int().nullable(),
    state: z.enum(DELIVERY_STATES),
    tries: z.int(),
    at: z.string().describe('When it was tried last, in UTC.'),
    nextAt: z
      .string()
      .nullable()
      .describe('When it will be tried again, in UTC. Null: with its show.'),
    status: z.int().nullable().describe('The HTTP status of the answer. Null if there was none.'),
    answer: z
      .string()
      .nullable()
      .describe('The first 1,000 characters of the answer. Null if there was none.'),
    error: z.string().nullable().describe('Why there was no answer. Null if there was one.'),
    tookMs: z.int().nullable(),
  })
  .meta({ id: 'WebhookDelivery' })
export type WebhookDelivery = z.infer<typeof WebhookDelivery>

/** A page of deliveries, the last first. */
export const WebhookDeliveryList = listOf(WebhookDelivery).meta({ id: 'WebhookDeliveryList' })
export type WebhookDeliveryList = z.infer<typeof WebhookDeliveryList>

/** Conditions on the deliveries of a webhook, and the page to read. */
export const ListWebhookDeliveriesQuery = z.strictObject({
  ...page,
  state: z.enum(DELIVERY_STATES).optional(),
})
export type ListWebhookDeliveriesQuery = z.infer<typeof ListWebhookDeliveriesQuery>
