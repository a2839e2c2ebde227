import { type Event, type EventType, isEventOf } from '../../protocol/index.ts'
import { toBlock, toBooking, toHold, toInstant } from '../answers.ts'
import type { Entry } from '../lanes/command.ts'
import type { SoldShow } from '../sold-show.ts'
import { type ShowRow, type StoredTerms, toShow, withTerms } from '../stored/stored-show.ts'

/** An entry of the journal, as the event feed reads it. */
export type EventEntry = Omit<Entry, 'hold_id'> & {
  readonly hold_id: string | null
  readonly details: unknown
}

/** An entry, with the kind of its hold's first one, and how many restores there were by then. */
interface TellableEntry {
  readonly entry: EventEntry
  readonly origin: string | null
  readonly restores: number
}

/** Finds what an entry tells of: its type, and which of the three it is about. */
function typeOf(entry: EventEntry): Exclude<EventType, 'webhook.test'> {
  if (entry.hold_id === null) return typeOfShow(entry)
  const isOver = entry.seats.length === 0
  switch (entry.kind as string) {
    case 'hold':
      return 'hold.created'
    case 'extend':
      return 'hold.extended'
    case 'change':
      return 'hold.changed'
    case 'release':
      return isOver ? 'hold.released' : 'hold.changed'
    case 'confirm':
    case 'book':
      return 'booking.created'
    case 'cancel':
    case 'reset':
      return isOver ? 'booking.cancelled' : 'booking.changed'
    case 'swap':
    case 'amend':
      return 'booking.changed'
    case 'transfer':
      // What stays of a booking when some of its seats go.
      return entry.freed.length > 0 ? 'booking.changed' : 'booking.transferred'
    case 'block':
      return 'block.created'
    case 'describe':
      return 'block.changed'
    case 'unblock':
      return 'block.released'
    default:
      throw new Error(`no event tells of an entry of kind ${entry.kind}`)
  }
}

function typeOfShow({ kind, details }: EventEntry) {
  if ((kind as string) === 'create') return 'show.created' as const
  const changes = details as { cancelled?: unknown } | null
  return changes?.cancelled === true ? ('show.cancelled' as const) : ('show.changed' as const)
}

/**
 * The event of an entry. `row` is the show as it is now, for entries that do not say what its terms
 * were.
 */
export function toEvent(
  sold: SoldShow,
  row: ShowRow,
  { entry, origin, restores }: TellableEntry,
): Event {
  const about = {
    id: eventId(sold, entry.version, restores),
    at: toInstant(entry.at),
    show: sold.key,
    version: entry.version,
  }
  const type = typeOf(entry)
  const part = entry as Entry
  if (isEventOf('hold', type)) {
    return { ...about, type, data: toHold(sold, part, Date.parse(entry.at)) }
  }
  if (isEventOf('booking', type)) return { ...about, type, data: toBooking(sold, part, origin) }
  if (isEventOf('block', type)) return { ...about, type, data: toBlock(sold, part) }
  const { terms } = (entry.details ?? {}) as { readonly terms?: StoredTerms }
  return { ...about, type, data: toShow(terms === undefined ? row : withTerms(row, terms)) }
}

/**
 * Makes what the former owner is told of a booking that was handed on: that it left, and what it
 * was when it was theirs. Whose it is now is not theirs to know.
 */
export function toLeaving(
  sold: SoldShow,
  { entry, origin, restores }: TellableEntry,
  former: Entry,
): Event {
  return {
    id: `${eventId(sold, entry.version, restores)}_left`,
    type: 'booking.left',
    at: toInstant(entry.at),
    show: sold.key,
    version: entry.version,
    data: toBooking(sold, former, origin),
  }
}

/** The event of a hold that ran out, as it was at that moment. */
export function toExpiry(sold: SoldShow, entry: Entry, restores: number): Event {
  return {
    id: `${eventId(sold, entry.version, restores)}_expired`,
    type: 'hold.expired',
    at: toInstant(entry.until),
    show: sold.key,
    version: entry.version,
    data: toHold(sold, entry, Date.parse(entry.until)),
  }
}

/** After a restore versions are given away once more, so the id says after how many it was. */
function eventId({ key }: SoldShow, version: number, restores: number): string {
  return restores === 0 ? `evt_${key}_${version}` : `evt_${key}_${version}_r${restores}`
}
