import { z } from 'zod'
import {
  Availability,
  ListSeatsQuery,
  SeatList,
  SeatMap,
  ShowChange,
  ShowSnapshot,
  Statuses,
  StreamShowQuery,
} from '../schemas/index.ts'
import type { OperationTable } from './operation.ts'
import { EVERYBODY } from './roles.ts'

/** Seats: what shoppers look at, and poll. */
export const SEAT_OPERATIONS = {
  listSeats: {
    method: 'GET',
    path: '/v1/shows/{show}/seats',
    tag: 'Seats',
    summary: 'List the seats of a show with their status',
    by: 'engine',
    sharesReads: true,
    roles: EVERYBODY,
    ofAnyShow: true,
    query: ListSeatsQuery,
    units: 2,
    hasCsv: true,
    exportUnits: 100,
    answers: { 200: SeatList },
    refusals: ['show_unknown'],
  },
  getAvailability: {
    method: 'GET',
    path: '/v1/shows/{show}/availability',
    tag: 'Seats',
    summary: 'Count the seats of a show by status',
    description:
      'Over all, and per section and category. It reflects every command that was ' +
      'answered before it was asked for.',
    by: 'engine',
    sharesReads: true,
    roles: EVERYBODY,
    ofAnyShow: true,
    units: 2,
    answers: { 200: Availability },
    isTagged: true,
    refusals: ['show_unknown'],
  },
  getMap: {
    method: 'GET',
    path: '/v1/shows/{show}/map',
    tag: 'Seats',
    summary: 'Get everything you need to draw the seats',
    description:
      "In columns: element n of each is seat number n. The map of a venue's plan never changes, " +
      'and may be cached forever; that of a show with its own seats may grow.',
    by: 'engine',
    sharesReads: true,
    roles: EVERYBODY,
    ofAnyShow: true,
    answers: { 200: SeatMap },
    isTagged: true,
    isText: true,
    refusals: ['show_unknown'],
  },
  getStatuses: {
    method: 'GET',
    path: '/v1/shows/{show}/statuses',
    tag: 'Seats',
    summary: 'Get the status of every seat, one character each',
    description: 'Character n is seat number n of the map: `a`vailable, `h`eld, `b`ooked, `x`.',
    by: 'engine',
    sharesReads: true,
    roles: EVERYBODY,
    ofAnyShow: true,
    answers: { 200: Statuses },
    isTagged: true,
    refusals: ['show_unknown'],
  },
  streamShow: {
    method: 'GET',
    path: '/v1/shows/{show}/stream',
    tag: 'Seats',
    summary: 'Follow the seats of a show as they change',
    description:
      'Server-sent events: a `snapshot` with every seat, then a `change` whenever the status of ' +
      'seats changes, on any server, or holds run out. The `id` of an event is the version of ' +
      'the show. To resume, send `Last-Event-ID` (`EventSource` does so by itself) or `after`: ' +
      'you get a `change` with everything after that version, or a `snapshot` if it is too long ' +
      'ago. A comment comes every 15 seconds. A stream may end at any time: reconnect.',
    by: 'feed',
    roles: EVERYBODY,
    ofAnyShow: true,
    query: StreamShowQuery,
    units: 2,
    answers: { 200: z.union([ShowSnapshot, ShowChange]) },
    refusals: ['show_unknown'],
  },
} as const satisfies OperationTable
