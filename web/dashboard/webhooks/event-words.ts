import type { EventType, Webhook } from '../../../src/protocol/index.ts'

/**
 * Words for what a webhook can ask for, and when it happens. Tests are sent whatever it asked for.
 */
export const EVENT_WORDS = {
  'hold.created': 'seats are held',
  'hold.extended': 'a hold gets more time',
  'hold.changed': 'a hold has other seats or notes',
  'hold.released': 'a hold is given back',
  'hold.expired': 'a hold runs out',
  'booking.created': 'seats are sold',
  'booking.changed': 'a booking has other seats or notes',
  'booking.cancelled': 'a booking is cancelled',
  'booking.transferred': 'a booking is handed on',
  'booking.left': 'a booking goes to another owner (told to the former one)',
  'block.created': 'seats are withheld',
  'block.changed': 'a block has another reason or notes',
  'block.released': 'seats are on sale again',
  'show.created': 'a show is created',
  'show.changed': 'the terms of a show change',
  'show.cancelled': 'a show is cancelled',
} as const satisfies Record<Exclude<EventType, 'webhook.test'>, string>

/** Something that a webhook can ask for. */
export type AskedEvent = keyof typeof EVENT_WORDS

/** Names a webhook as people call it: what they wrote about it, or where it points. */
export function webhookName({ description, url }: Webhook): string {
  return description ?? url
}
