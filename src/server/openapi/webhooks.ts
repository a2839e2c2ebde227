import { EVENT_TYPES, type EventType, isEventOf } from '../../protocol/index.ts'
import { parameter } from './document-parts.ts'
import type { WebhookObject } from './document-types.ts'

/** Occasions on which the events are sent. */
const SUMMARIES: Readonly<Record<EventType, string>> = {
  'hold.created': 'A hold began',
  'hold.extended': 'A hold got more time',
  'hold.changed': 'A hold has other seats, another holder, reference or notes',
  'hold.released': 'A hold was given back',
  'hold.expired': 'A hold ran out',
  'booking.created': 'Seats were sold',
  'booking.changed': 'Seats of a booking were swapped, some given back, or its notes changed',
  'booking.cancelled': 'A booking was cancelled',
  'booking.transferred': 'A booking was handed on',
  'booking.left': 'A booking that was yours was handed on to another owner',
  'block.created': 'Seats were withheld',
  'block.changed': 'A block has another reason, holder, reference or notes',
  'block.released': 'Withheld seats are on sale again',
  'show.created': 'A show was created',
  'show.changed': 'The terms or seats of a show changed',
  'show.cancelled': 'A show was cancelled',
  'webhook.test': 'You tested a webhook',
}
const DESCRIPTION =
  'Signed as [Standard Webhooks](https://www.standardwebhooks.com) has it: verify the bytes ' +
  'before you parse them. Answer with a `2xx` within ten seconds, and expect duplicates: ' +
  '`webhook-id` is the same on every retry.'

/** Describes what a server sends to webhooks, by type of event. */
export function webhooksOf(): Record<string, { post: WebhookObject }> {
  return Object.fromEntries(EVENT_TYPES.map((type) => [type, { post: describe(type) }]))
}

function describe(type: EventType): WebhookObject {
  return {
    summary: SUMMARIES[type],
    description: DESCRIPTION,
    operationId: operationOf(type),
    tags: ['Webhooks'],
    security: [],
    parameters: [
      parameter('WebhookId'),
      parameter('WebhookTimestamp'),
      parameter('WebhookSignature'),
    ],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { $ref: schemaOf(type) } } },
    },
    responses: {
      '2XX': { description: 'Received. The body does not matter.' },
      '410': { description: 'Send no more: the webhook is disabled at once.' },
      default: { description: 'It is sent again, up to twelve times over three days.' },
    },
  }
}

/** `hold.created` → `onHoldCreated`. */
function operationOf(type: EventType): string {
  const words = type.split('.').map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)
  return `on${words.join('')}`
}

function schemaOf(type: EventType): string {
  const about = (['hold', 'booking', 'block', 'show'] as const).find((one) => isEventOf(one, type))
  const name = about === undefined ? 'Test' : `${about[0]?.toUpperCase()}${about.slice(1)}`
  return `#/components/schemas/${name}Event`
}
