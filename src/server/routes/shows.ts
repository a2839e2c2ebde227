import { z } from 'zod'
import { refusalForShow } from '../../auth/index.ts'
import type { Engine } from '../../engine/index.ts'
import {
  AddSeatsBody,
  ChangeShowBody,
  CreateShowBody,
  Journal,
  ListJournalQuery,
  ListShowsQuery,
  Show,
  ShowList,
} from '../../protocol/index.ts'
import { changed, created } from '../answers.ts'
import { operation, path, writeOf } from '../operation.ts'
import type { App } from './app.ts'

const ShowPath = z.object({ show: path.show })

/** Shows: what is sold, on which terms, and what happened to it. */
export function addShowRoutes(app: App, engine: Engine): void {
  addCreateShow(app, engine)
  addChangeShow(app, engine)
  addAddSeats(app, engine)

  app.get(
    '/v1/shows',
    operation(
      'listShows',
      { tag: 'Shows', summary: 'List shows', refusals: [] },
      { querystring: ListShowsQuery, response: { 200: ShowList } },
    ),
    (request) => engine.listShows(request.query),
  )

  app.get(
    '/v1/shows/:show',
    operation(
      'getShow',
      { tag: 'Shows', summary: 'Get a show', refusals: ['show_unknown'] },
      { params: ShowPath, response: { 200: Show } },
    ),
    (request) => engine.getShow(request.params.show),
  )

  app.get(
    '/v1/shows/:show/journal',
    operation(
      'listJournal',
      {
        tag: 'Journal',
        summary: 'List the journal of a show',
        description:
          'One entry for each command that changed something: who, what, when, which request. ' +
          'Replaying it gives the claims.',
        refusals: ['show_unknown'],
      },
      { params: ShowPath, querystring: ListJournalQuery, response: { 200: Journal } },
    ),
    (request) => engine.listJournal(request.params.show, request.query),
  )
}

function addCreateShow(app: App, engine: Engine): void {
  app.post(
    '/v1/shows',
    operation(
      'createShow',
      {
        tag: 'Shows',
        summary: 'Create a show',
        description:
          "On a venue's plan, or with seats of its own: a grid or a list of labels. Creating the " +
          'same show again is fine; another show under the same key is refused.',
        refusals: ['plan_unknown', 'idempotency_key_reused', 'plan_invalid', 'show_exists'],
        examples: {
          grid: {
            key: 'hamlet-2026-12-01',
            title: 'Hamlet',
            startsAt: '2026-12-01T19:00:00Z',
            seats: { rows: 'A-J', seatsPerRow: 12 },
            holdSeconds: 600,
            maxSeatsPerHold: 10,
            cancellable: true,
          },
        },
      },
      { body: CreateShowBody, response: { 200: Show, 201: Show } },
    ),
    async (request, reply) => {
      const refusal = refusalForShow(request.identity, request.body.key)
      if (refusal !== null) throw refusal
      const answer = await engine.createShow(writeOf(request), request.body)
      return created(reply, answer, ({ key }) => `/v1/shows/${key}`)
    },
  )
}

function addChangeShow(app: App, engine: Engine): void {
  app.patch(
    '/v1/shows/:show',
    operation(
      'changeShow',
      {
        tag: 'Shows',
        summary: 'Change the terms of a show, or cancel it',
        description: 'Only what is named changes. Holds that are there keep their time.',
        refusals: ['show_unknown', 'idempotency_key_reused'],
        examples: { example: { salesUntil: '2026-12-01T18:45:00Z' } },
      },
      { params: ShowPath, body: ChangeShowBody, response: { 200: Show } },
    ),
    async (request, reply) =>
      changed(reply, await engine.changeShow(writeOf(request), request.params.show, request.body)),
  )
}

function addAddSeats(app: App, engine: Engine): void {
  app.post(
    '/v1/shows/:show/seats',
    operation(
      'addSeats',
      {
        tag: 'Shows',
        summary: "Add seats to the show's own plan",
        description:
          'Labels are trimmed and their inner blanks folded; upper and lower case are the same ' +
          'seat. Seats that exist already are refused, all of them named.',
        refusals: [
          'show_unknown',
          'idempotency_key_reused',
          'plan_invalid',
          'plan_shared',
          'seats_exist',
        ],
        examples: { example: { seats: ['K1', 'K2', 'K3'] } },
      },
      { params: ShowPath, body: AddSeatsBody, response: { 200: Show, 201: Show } },
    ),
    async (request, reply) => {
      const answer = await engine.addSeats(writeOf(request), request.params.show, request.body)
      return created(reply, answer, ({ key }) => `/v1/shows/${key}/seats`)
    },
  )
}
