import {
  AddSeatsBody,
  ChangeShowBody,
  CreatedShow,
  CreateShowBody,
  DeletedShow,
  EmptyBody,
  Journal,
  ListJournalQuery,
  ListShowsQuery,
  RepeatedShows,
  RepeatShowBody,
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
    refusals: ['plan_unknown', 'plan_invalid', 'venue_retired', 'plan_retired', 'show_exists'],
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
    description: 'In the order in which they start. Archived ones only if you ask for them.',
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
    summary: 'Change the terms of a show, cancel or archive it',
    description: 'Only the fields you send change. Existing holds keep their time.',
    by: 'engine',
    roles: CATALOGUE,
    body: ChangeShowBody,
    answers: { 200: Show },
    refusals: ['show_unknown'],
    examples: { example: { salesUntil: '2026-12-01T18:45:00Z' } },
  },
  repeatShow: {
    method: 'POST',
    path: '/v1/shows/{show}/repeat',
    tag: 'Shows',
    summary: 'Repeat a show on other dates',
    description:
      'Creates shows on the same plan (or a copy of its own) and on the same terms, all or none. ' +
      'Sales open when they do for the original show, and close as long before the start. ' +
      'Repeating the request changes nothing.',
    by: 'engine',
    roles: CATALOGUE,
    body: RepeatShowBody,
    units: 20,
    answers: { 200: RepeatedShows, 201: RepeatedShows },
    isLocated: false,
    refusals: ['forbidden', 'show_unknown', 'venue_retired', 'plan_retired', 'show_exists'],
    examples: {
      run: {
        shows: [
          { key: 'hamlet-2026-12-02', startsAt: '2026-12-02T19:00:00Z' },
          { key: 'hamlet-2026-12-03', startsAt: '2026-12-03T19:00:00Z', title: 'Hamlet (signed)' },
        ],
      },
    },
  },
  deleteShow: {
    method: 'POST',
    path: '/v1/shows/{show}/delete',
    tag: 'Shows',
    summary: 'Delete a show that never sold anything',
    description:
      'Its own seats go with it, and its key can be used again. Once anything has been sold, ' +
      'even if it was cancelled since, a show can only be cancelled or archived.',
    by: 'engine',
    roles: CATALOGUE,
    body: EmptyBody,
    bodyOptional: true,
    answers: { 200: DeletedShow },
    refusals: ['show_unknown', 'show_in_use'],
  },
  addSeats: {
    method: 'POST',
    path: '/v1/shows/{show}/seats',
    tag: 'Shows',
    summary: "Add seats to the show's own plan",
    description:
      'Labels are trimmed, and blanks inside them folded; upper and lower case make no ' +
      'difference. If any of the seats already exist, the refusal names all of them.',
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
      'One entry for each command that changed something: who, what, when, and by which request. ' +
      'With a filter, a page may have fewer entries than you asked for, even none, and still ' +
      'have a `next`: continue until that is null.',
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
