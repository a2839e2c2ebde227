import {
  type Block,
  type Booking,
  type Event,
  type EventType,
  type Hold,
  isEventOf,
  newUuid,
  type Show,
  toPublicId,
} from '../../protocol/index.ts'

const KEY = 'hamlet-2026-12-01'
const SEATS = ['A1', 'A2']

/** An event of a type, made up, for a receiver that is being written. */
export function exampleEvent(type: EventType, at: string): Event {
  const id = newUuid()
  const about = { id: `evt_example_${id.slice(0, 8)}`, at }
  if (type === 'webhook.test') return { ...about, type, show: null, version: null, data: {} }
  const placed = { ...about, show: KEY, version: 7 }
  if (isEventOf('hold', type)) return { ...placed, type, data: hold(type, id, at) }
  if (isEventOf('booking', type)) return { ...placed, type, data: booking(type, id, at) }
  if (isEventOf('block', type)) return { ...placed, type, data: block(type, id, at) }
  return { ...placed, type, data: show(type, id, at) }
}

const ITEMS = SEATS.map((seat) => ({
  seat,
  section: null,
  row: 'A',
  number: seat.slice(1),
  category: 'standard',
  accessible: false,
}))

function hold(type: EventType, id: string, at: string): Hold {
  const isOver = type === 'hold.released'
  const isExpired = type === 'hold.expired'
  return {
    id: toPublicId('hold', id),
    show: KEY,
    seats: isOver ? [] : SEATS,
    items: isOver ? [] : ITEMS,
    together: !isOver,
    expiresAt: new Date(Date.parse(at) + (isOver || isExpired ? 0 : 600_000)).toISOString(),
    secondsLeft: isOver || isExpired ? 0 : 600,
    status: isOver ? 'released' : isExpired ? 'expired' : 'live',
    holder: 'customer-17',
    reference: null,
    metadata: {},
    booking: null,
    version: 7,
  }
}

function booking(type: EventType, id: string, at: string): Booking {
  const isOver = type === 'booking.cancelled'
  return {
    id: toPublicId('booking', id),
    show: KEY,
    hold: toPublicId('hold', id),
    seats: isOver ? [] : SEATS,
    items: isOver ? [] : ITEMS,
    together: !isOver,
    bookedAt: at,
    cancelledAt: isOver ? at : null,
    holder: 'customer-17',
    reference: 'payment-4711',
    metadata: {},
    version: 7,
  }
}

function block(type: EventType, id: string, at: string): Block {
  const isOver = type === 'block.released'
  return {
    id: toPublicId('block', id),
    show: KEY,
    seats: isOver ? [] : SEATS,
    reason: 'camera',
    holder: null,
    reference: null,
    metadata: {},
    releasedAt: isOver ? at : null,
    version: 7,
  }
}

function show(type: EventType, id: string, at: string): Show {
  return {
    key: KEY,
    title: 'Hamlet',
    startsAt: '2026-12-01T19:00:00.000Z',
    venue: null,
    timeZone: null,
    plan: toPublicId('plan', id),
    seatCount: 120,
    salesFrom: null,
    salesUntil: null,
    sellAfterStart: false,
    holdSeconds: 600,
    holdSecondsMax: 1_800,
    holdLifeSecondsMax: 3_600,
    maxSeatsPerHold: 10,
    maxSeatsPerHolder: null,
    refuseOrphans: false,
    cancellable: true,
    confirmBy: 'seller',
    cancelledAt: type === 'show.cancelled' ? at : null,
    archivedAt: null,
    createdAt: at,
  }
}
