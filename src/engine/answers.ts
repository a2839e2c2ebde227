import { type Block, type Booking, type Hold, toPublicId } from '../protocol/index.ts'
import type { Entry } from './lanes/command.ts'
import type { SoldShow } from './sold-show.ts'

/** `infinity` and what lies beyond a Date become the last millisecond of the year 9999. */
const LAST_INSTANT = '9999-12-31T23:59:59.999Z'

/** PostgreSQL's time as RFC 3339 in UTC. */
export function toInstant(at: string): string {
  return at === 'infinity' ? LAST_INSTANT : new Date(at).toISOString()
}

/**
 * A hold as its last entry tells, at `now` (milliseconds since 1970, the database's clock). A
 * replay tells what was answered the first time: the hold as its entry left it, whatever came of it
 * since. Only the seconds that are left are counted anew, down to 0.
 */
export function toHold(show: SoldShow, entry: Entry, now: number, isReplay = false): Hold {
  const endsAt = entry.booked_at ?? entry.until
  const status = holdStatus(entry, isReplay ? Date.parse(entry.at) : now)
  const leftMs = status === 'live' ? Math.max(0, Date.parse(endsAt) - now) : 0
  const secondsLeft = Math.ceil(leftMs / 1000)
  return {
    id: toPublicId('hold', entry.hold_id),
    show: show.key,
    seats: show.labelsOf(entry.seats),
    items: show.itemsOf(entry.seats),
    together: show.areTogether(entry.seats),
    expiresAt: toInstant(endsAt),
    secondsLeft,
    status,
    holder: entry.holder,
    reference: entry.reference,
    metadata: entry.metadata ?? {},
    booking: entry.booked_at === null ? null : toPublicId('booking', entry.hold_id),
    version: entry.version,
  }
}

function holdStatus(entry: Entry, now: number): Hold['status'] {
  if (entry.booked_at !== null) return 'confirmed'
  if (entry.kind === 'release' && entry.seats.length === 0) return 'released'
  return Date.parse(entry.until) > now ? 'live' : 'expired'
}

/** A booking as its last entry tells. `origin` is the kind of its first one. */
export function toBooking(show: SoldShow, entry: Entry, origin: string | null): Booking {
  const isDirect = ['book', 'transfer'].includes(origin ?? entry.kind)
  return {
    id: toPublicId('booking', entry.hold_id),
    show: show.key,
    hold: isDirect ? null : toPublicId('hold', entry.hold_id),
    seats: show.labelsOf(entry.seats),
    items: show.itemsOf(entry.seats),
    together: show.areTogether(entry.seats),
    bookedAt: toInstant(entry.booked_at ?? entry.at),
    cancelledAt: entry.seats.length === 0 ? toInstant(entry.at) : null,
    holder: entry.holder,
    reference: entry.reference,
    metadata: entry.metadata ?? {},
    version: entry.version,
  }
}

/** A block as its last entry tells. */
export function toBlock(show: SoldShow, entry: Entry): Block {
  return {
    id: toPublicId('block', entry.hold_id),
    show: show.key,
    seats: show.labelsOf(entry.seats),
    reason: entry.reference ?? '',
    holder: entry.holder,
    reference: entry.own_reference ?? null,
    metadata: entry.metadata ?? {},
    releasedAt: entry.seats.length === 0 ? toInstant(entry.at) : null,
    version: entry.version,
  }
}
