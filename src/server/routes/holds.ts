import { z } from 'zod'
import type { Engine } from '../../engine/index.ts'
import {
  Booking,
  ConfirmHoldBody,
  ExtendHoldBody,
  Hold,
  HoldSeatsBody,
  ReleaseHoldBody,
} from '../../protocol/index.ts'
import { changed, created } from '../answers.ts'
import { heldFor } from '../held-for.ts'
import { operation, path, writeOf } from '../operation.ts'
import type { App } from './app.ts'

const ShowPath = z.object({ show: path.show })
const HoldPath = z.object({ show: path.show, hold: path.hold })

/** Holds, from taking the seats to selling them or giving them back. */
export function addHoldRoutes(app: App, engine: Engine): void {
  addHoldSeats(app, engine)
  addConfirmHold(app, engine)
  addReleaseHold(app, engine)

  app.get(
    '/v1/shows/:show/holds/:hold',
    operation(
      'getHold',
      {
        tag: 'Holds',
        summary: 'Get a hold and how long it still lives',
        refusals: ['show_unknown', 'hold_unknown'],
      },
      { params: HoldPath, response: { 200: Hold } },
    ),
    (request) => {
      const { show, hold } = request.params
      return engine.getHold(request.identity.caller, show, hold)
    },
  )

  app.post(
    '/v1/shows/:show/holds/:hold/extend',
    operation(
      'extendHold',
      {
        tag: 'Holds',
        summary: 'Give a live hold more time',
        description: "From now on, and never past the show's longest life of a hold.",
        refusals: [
          'show_unknown',
          'idempotency_key_reused',
          'hold_unknown',
          'hold_confirmed',
          'hold_released',
          'hold_expired',
          'show_cancelled',
          'hold_seconds_out_of_bounds',
          'hold_life_exceeded',
        ],
        bodyOptional: true,
        examples: { example: { holdSeconds: 300 } },
      },
      { params: HoldPath, body: ExtendHoldBody, response: { 200: Hold } },
    ),
    async (request, reply) => {
      const { show, hold } = request.params
      return changed(reply, await engine.extendHold(writeOf(request), show, hold, request.body))
    },
  )
}

function addReleaseHold(app: App, engine: Engine): void {
  app.post(
    '/v1/shows/:show/holds/:hold/release',
    operation(
      'releaseHold',
      {
        tag: 'Holds',
        summary: 'Give a hold back, or some of its seats',
        description: 'Answers the hold as it ended, however often it is asked.',
        refusals: [
          'show_unknown',
          'idempotency_key_reused',
          'hold_unknown',
          'hold_confirmed',
          'seats_not_in_hold',
        ],
        bodyOptional: true,
        examples: { example: { seats: ['A2'] } },
      },
      { params: HoldPath, body: ReleaseHoldBody, response: { 200: Hold } },
    ),
    async (request, reply) => {
      const { show, hold } = request.params
      return changed(reply, await engine.releaseHold(writeOf(request), show, hold, request.body))
    },
  )
}

function addHoldSeats(app: App, engine: Engine): void {
  app.post(
    '/v1/shows/:show/holds',
    operation(
      'holdSeats',
      {
        tag: 'Holds',
        summary: 'Hold seats',
        description:
          'Seats by label, places of general admission by quantity, or the best that are free. ' +
          'Takes all of them for some minutes, or none, and then says which were in the way and ' +
          'why. The id of the hold is its key: keep it.',
        refusals: [
          'show_unknown',
          'idempotency_key_reused',
          'show_cancelled',
          'sales_not_open',
          'sales_closed',
          'too_many_seats',
          'hold_seconds_out_of_bounds',
          'not_enough_seats',
          'seats_unavailable',
          'orphan_left',
          'holder_limit_reached',
          'held_limit_reached',
        ],
        examples: {
          seats: { seats: ['A1', 'A2'], holdSeconds: 300 },
          customer: { seats: ['A1', 'A2'], holder: 'customer-17', reference: 'basket-99' },
          best: { best: { quantity: 2, category: 'standard' } },
          places: { places: [{ section: 'floor', quantity: 4 }] },
        },
      },
      { params: ShowPath, body: HoldSeatsBody, response: { 200: Hold, 201: Hold } },
    ),
    async (request, reply) => {
      const { show } = request.params
      const body = heldFor(request.identity, request.body)
      const answer = await engine.holdSeats(writeOf(request), show, body)
      return created(reply, answer, ({ id }) => `/v1/shows/${show}/holds/${id}`)
    },
  )
}

function addConfirmHold(app: App, engine: Engine): void {
  app.post(
    '/v1/shows/:show/holds/:hold/confirm',
    operation(
      'confirmHold',
      {
        tag: 'Holds',
        summary: 'Turn a hold into a booking',
        description:
          'Exactly its seats, exactly once: confirming again answers the same booking. A hold ' +
          'that ran out is refused, unless `reacquire` asks for the same seats and all are free.',
        refusals: [
          'show_unknown',
          'idempotency_key_reused',
          'hold_unknown',
          'seller_required',
          'hold_released',
          'show_cancelled',
          'hold_expired',
          'sales_not_open',
          'sales_closed',
          'too_many_seats',
          'seats_unavailable',
          'holder_limit_reached',
        ],
        bodyOptional: true,
        examples: { example: { reference: 'payment-4711' } },
      },
      { params: HoldPath, body: ConfirmHoldBody, response: { 200: Booking, 201: Booking } },
    ),
    async (request, reply) => {
      const { show, hold } = request.params
      const answer = await engine.confirmHold(writeOf(request), show, hold, request.body)
      return created(reply, answer, ({ id }) => `/v1/shows/${show}/bookings/${id}`)
    },
  )
}
