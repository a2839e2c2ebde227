import {
  AddSeatsBody,
  ChangeShowBody,
  CreatedShow,
  CreateShowBody,
  Journal,
  ListJournalQuery,
  ListShowsQuery,
  Show,
  ShowList,
} from '../schemas/index.ts'
import type { OperationTable } from './operation.ts'
import { CATALOGUE, counter, EVERYBODY } from './roles.ts'

/** Shows: what is sold, on which terms, and what happened to it. */
export const SHOW_OPERATIONS = {
  createShow: {
    method: 'POST',
    path: '/v1/shows',
    tag: 'Shows',
    summary: 'Create a show',
    description:
      "On a venue's plan, or with seats of its own: a grid or a list of labels. " +
      'Creating the same show again is fine; another show under the same key is ' +
      'refused.',
    by: 'engine',
    roles: CATALOGUE,
    body: CreateShowBody,
    units: 20,
    answers: { 200: CreatedShow, 201: CreatedShow },
    refusals: ['plan_unknown', 'plan_invalid', 'show_exists'],
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
  listShows: {
    method: 'GET',
    path: '/v1/shows',
    tag: 'Shows',
    summary: 'List shows',
    by: 'engine',
    roles: EVERYBODY,
    query: ListShowsQuery,
    answers: { 200: ShowList },
    refusals: [],
  },
  getShow: {
    method: 'GET',
    path: '/v1/shows/{show}',
    tag: 'Shows',
    summary: 'Get a show',
    by: 'engine',
    roles: EVERYBODY,
    ofAnyShow: true,
    answers: { 200: Show },
    refusals: ['show_unknown'],
  },
  changeShow: {
    method: 'PATCH',
    path: '/v1/shows/{show}',
    tag: 'Shows',
    summary: 'Change the terms of a show, or cancel it',
    description: 'Only what is named changes. Holds that are there keep their time.',
    by: 'engine',
    roles: CATALOGUE,
    body: ChangeShowBody,
    answers: { 200: Show },
    refusals: ['show_unknown'],
    examples: { example: { salesUntil: '2026-12-01T18:45:00Z' } },
  },
  addSeats: {
    method: 'POST',
    path: '/v1/shows/{show}/seats',
    tag: 'Shows',
    summary: "Add seats to the show's own plan",
    description:
      'Labels are trimmed and their inner blanks folded; upper and lower case are the ' +
      'same seat. Seats that exist already are refused, all of them named.',
    by: 'engine',
    roles: CATALOGUE,
    body: AddSeatsBody,
    units: 20,
    answers: { 200: Show, 201: Show },
    refusals: ['show_unknown', 'plan_invalid', 'plan_shared', 'seats_exist'],
    examples: { example: { seats: ['K1', 'K2', 'K3'] } },
  },
  listJournal: {
    method: 'GET',
    path: '/v1/shows/{show}/journal',
    tag: 'Journal',
    summary: 'List the journal of a show',
    description:
      'One entry for each command that changed something: who, what, when, which ' +
      'request. Replaying it gives the claims. With a filter a page may have fewer entries than ' +
      'you asked for, even none, and still have a `next`: go on until that is null.',
    by: 'engine',
    roles: counter('journal'),
    query: ListJournalQuery,
    units: 2,
    hasCsv: true,
    exportUnits: 400,
    answers: { 200: Journal },
    refusals: ['show_unknown'],
  },
} as const satisfies OperationTable
