import { z } from 'zod'
import { mayBookFromBlocks } from '../../auth/index.ts'
import type { Engine } from '../../engine/index.ts'
import {
  Booking,
  BookSeatsBody,
  CancelBookingBody,
  Refusal,
  SwapSeatsBody,
} from '../../protocol/index.ts'
import { changed, created } from '../answers.ts'
import { heldFor } from '../held-for.ts'
import { operation, path, writeOf } from '../operation.ts'
import type { App } from './app.ts'

const ShowPath = z.object({ show: path.show })
const BookingPath = z.object({ show: path.show, booking: path.booking })

/** Bookings: made directly, looked at, cancelled and swapped. */
export function addBookingRoutes(app: App, engine: Engine): void {
  addBookSeats(app, engine)
  addSwapSeats(app, engine)

  app.get(
    '/v1/shows/:show/bookings/:booking',
    operation(
      'getBooking',
      {
        tag: 'Bookings',
        summary: 'Get a booking',
        refusals: ['show_unknown', 'booking_unknown'],
      },
      { params: BookingPath, response: { 200: Booking } },
    ),
    (request) => {
      const { show, booking } = request.params
      return engine.getBooking(request.identity.caller, show, booking)
    },
  )

  app.post(
    '/v1/shows/:show/bookings/:booking/cancel',
    operation(
      'cancelBooking',
      {
        tag: 'Bookings',
        summary: 'Cancel a booking, or some of its seats',
        description: 'The seats are on sale again at once. Cancelling again changes nothing.',
        refusals: [
          'show_unknown',
          'idempotency_key_reused',
          'booking_unknown',
          'not_cancellable',
          'seats_not_in_booking',
        ],
        bodyOptional: true,
        examples: { example: { seats: ['A2'], reason: 'customer is ill' } },
      },
      { params: BookingPath, body: CancelBookingBody, response: { 200: Booking } },
    ),
    async (request, reply) => {
      const { show, booking } = request.params
      const answer = await engine.cancelBooking(writeOf(request), show, booking, request.body)
      return changed(reply, answer)
    },
  )
}

function addSwapSeats(app: App, engine: Engine): void {
  app.post(
    '/v1/shows/:show/bookings/:booking/swap',
    operation(
      'swapSeats',
      {
        tag: 'Bookings',
        summary: 'Swap seats of a booking for others',
        description: 'In one step: nobody else can get either in between.',
        refusals: [
          'show_unknown',
          'idempotency_key_reused',
          'booking_unknown',
          'booking_cancelled',
          'show_cancelled',
          'swap_uneven',
          'seats_not_in_booking',
          'seats_unavailable',
        ],
        examples: {
          example: { from: ['A1', 'A2'], to: ['C5', 'C6'], reason: 'pillar in front of A1' },
        },
      },
      { params: BookingPath, body: SwapSeatsBody, response: { 200: Booking } },
    ),
    async (request, reply) => {
      const { show, booking } = request.params
      const answer = await engine.swapSeats(writeOf(request), show, booking, request.body)
      return changed(reply, answer)
    },
  )
}

function addBookSeats(app: App, engine: Engine): void {
  app.post(
    '/v1/shows/:show/bookings',
    operation(
      'bookSeats',
      {
        tag: 'Bookings',
        summary: 'Book seats directly',
        description:
          'Without a hold: all of them or none. The box office, and API keys with the scope ' +
          '`block`, may take them out of a `block`.',
        refusals: [
          'forbidden',
          'show_unknown',
          'idempotency_key_reused',
          'seller_required',
          'show_cancelled',
          'sales_not_open',
          'sales_closed',
          'too_many_seats',
          'block_unknown',
          'not_enough_seats',
          'seats_unavailable',
          'orphan_left',
          'holder_limit_reached',
        ],
        examples: {
          seats: { seats: ['B1', 'B2'], reference: 'order-2041' },
          customer: { seats: ['B1', 'B2'], holder: 'customer-17', reference: 'order-2041' },
          best: { best: { quantity: 2 }, reference: 'order-2042' },
        },
      },
      { params: ShowPath, body: BookSeatsBody, response: { 200: Booking, 201: Booking } },
    ),
    async (request, reply) => {
      const { show } = request.params
      if (request.body.block !== undefined && !mayBookFromBlocks(request.identity)) {
        throw new Refusal('forbidden', { detail: 'Only who may block seats books out of a block.' })
      }
      const body = heldFor(request.identity, request.body)
      const answer = await engine.bookSeats(writeOf(request), show, body)
      return created(reply, answer, ({ id }) => `/v1/shows/${show}/bookings/${id}`)
    },
  )
}
