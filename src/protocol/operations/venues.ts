import {
  ChangeVenueBody,
  CreateVenueBody,
  ListVenuesQuery,
  Venue,
  VenueList,
} from '../schemas/index.ts'
import type { OperationTable } from './operation.ts'
import { CATALOGUE, EVERYBODY } from './roles.ts'

/** Venues: where plans belong. */
export const VENUE_OPERATIONS = {
  createVenue: {
    method: 'POST',
    path: '/v1/venues',
    tag: 'Venues',
    summary: 'Create a venue',
    by: 'engine',
    roles: CATALOGUE,
    body: CreateVenueBody,
    answers: { 200: Venue, 201: Venue },
    refusals: [],
    examples: { example: { name: 'Grand Theatre', timeZone: 'Europe/London' } },
  },
  listVenues: {
    method: 'GET',
    path: '/v1/venues',
    tag: 'Venues',
    summary: 'List venues',
    description: 'In the order of their ids. Retired ones only if you ask for them.',
    by: 'engine',
    roles: EVERYBODY,
    query: ListVenuesQuery,
    answers: { 200: VenueList },
    refusals: [],
  },
  getVenue: {
    method: 'GET',
    path: '/v1/venues/{venue}',
    tag: 'Venues',
    summary: 'Get a venue',
    by: 'engine',
    roles: EVERYBODY,
    answers: { 200: Venue },
    refusals: ['venue_unknown'],
  },
  changeVenue: {
    method: 'PATCH',
    path: '/v1/venues/{venue}',
    tag: 'Venues',
    summary: 'Rename a venue, change its time zone, or retire it',
    description:
      'Only the fields you send change. With a new time zone, shows still start at the same ' +
      'instant. A retired venue takes no new plans or shows; its shows carry on.',
    by: 'engine',
    roles: CATALOGUE,
    body: ChangeVenueBody,
    answers: { 200: Venue },
    refusals: ['venue_unknown'],
    examples: {
      example: { name: 'The Old Vic', timeZone: 'Europe/London' },
      retire: { retired: true },
    },
  },
} as const satisfies OperationTable
