import {
  BookingList,
  ChangedPassword,
  ChangeMeBody,
  ChangePasswordBody,
  EmptyBody,
  EndedSessions,
  HoldList,
  ListMyBookingsQuery,
  ListMyHoldsQuery,
  Me,
  SessionList,
  User,
} from '../schemas/index.ts'
import type { OperationTable } from './operation.ts'
import { KNOWN, KNOWN_SELLERS, PEOPLE } from './roles.ts'

/** Operations of callers on themselves: who is asking, and what is theirs. */
export const ME_OPERATIONS = {
  getMe: {
    method: 'GET',
    path: '/v1/me',
    tag: 'Me',
    summary: 'Get the current caller: a user, an API key or the operator key',
    by: 'access',
    roles: KNOWN,
    answers: { 200: Me },
    refusals: [],
  },
  changeMe: {
    method: 'PATCH',
    path: '/v1/me',
    tag: 'Me',
    summary: 'Change my name, e-mail or telephone number',
    description:
      'To change the e-mail address, send the password, if there is one; and a code, a passkey ' +
      'or a recovery code, if you have a second factor.',
    by: 'access',
    roles: PEOPLE,
    body: ChangeMeBody,
    units: 12,
    answers: { 200: User },
    refusals: [
      'rate_limited',
      'forbidden',
      'credentials_wrong',
      'second_factor_required',
      'passkeys_unavailable',
      'email_taken',
    ],
    examples: { example: { name: 'Ada King', phone: null } },
  },
  changePassword: {
    method: 'POST',
    path: '/v1/me/password',
    tag: 'Me',
    summary: 'Change my password',
    description:
      'Ends all other sessions, and every refresh token of this one: the answer has new ' +
      'tokens, or sets new cookies. If you have no password yet, it sets the first one. If you ' +
      'have a second factor, send a code, a passkey or a recovery code as well.',
    by: 'access',
    roles: PEOPLE,
    isKeyed: false,
    body: ChangePasswordBody,
    units: 24,
    answers: { 200: ChangedPassword },
    refusals: [
      'rate_limited',
      'forbidden',
      'password_weak',
      'credentials_wrong',
      'second_factor_required',
      'passkeys_unavailable',
    ],
    examples: {
      example: { current: 'difference engine no. 2', password: 'analytical engine no. 1' },
    },
  },
  listMySessions: {
    method: 'GET',
    path: '/v1/me/sessions',
    tag: 'Me',
    summary: 'List my sessions',
    description: 'Where you are signed in, the most recently used first: at most 20.',
    by: 'access',
    roles: PEOPLE,
    answers: { 200: SessionList },
    refusals: ['forbidden'],
  },
  endMySession: {
    method: 'POST',
    path: '/v1/me/sessions/{session}/end',
    tag: 'Me',
    summary: 'Sign out somewhere else',
    description: 'Ending a session that has ended changes nothing.',
    by: 'access',
    roles: PEOPLE,
    isKeyed: false,
    body: EmptyBody,
    bodyOptional: true,
    answers: { 200: EndedSessions },
    refusals: ['forbidden', 'session_unknown'],
  },
  listMyHolds: {
    method: 'GET',
    path: '/v1/me/holds',
    tag: 'Me',
    summary: 'List my live holds, in all shows',
    description:
      'The soonest to end first. Empty for callers without an account. If you confirmed or ' +
      'released thousands of holds early, a page may be short, even empty, and still have a ' +
      '`next`.',
    by: 'server',
    roles: KNOWN_SELLERS,
    query: ListMyHoldsQuery,
    units: 16,
    answers: { 200: HoldList },
    refusals: [],
  },
  listMyBookings: {
    method: 'GET',
    path: '/v1/me/bookings',
    tag: 'Me',
    summary: 'List my bookings, in all shows',
    description:
      'The newest first, including cancelled ones. Empty for callers without an account.',
    by: 'server',
    roles: KNOWN_SELLERS,
    query: ListMyBookingsQuery,
    units: 6,
    answers: { 200: BookingList },
    refusals: [],
  },
} as const satisfies OperationTable
