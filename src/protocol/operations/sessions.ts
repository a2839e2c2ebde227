import {
  CreateSessionBody,
  EmptyBody,
  EndedSessions,
  PasskeyChallenge,
  RefreshSessionBody,
  Session,
} from '../schemas/index.ts'
import type { OperationTable } from './operation.ts'
import { EVERYBODY, PEOPLE } from './roles.ts'

/** Signing in, staying signed in, signing out. */
export const SESSION_OPERATIONS = {
  createSession: {
    method: 'POST',
    path: '/v1/sessions',
    tag: 'Sessions',
    summary: 'Sign in',
    description:
      'With e-mail and password, with the token of a sign-in link, or with a passkey alone, if ' +
      'it has checked who you are (PIN, fingerprint, face). The access token is for ' +
      '`Authorization: Bearer` and lasts `accessSeconds`; the refresh token gives the next one. ' +
      'With `cookies`, both are cookies that no script can read, for pages of this server; the ' +
      "browser's previous session ends.",
    by: 'access',
    roles: EVERYBODY,
    isKeyed: false,
    ignoresCookie: true,
    body: CreateSessionBody,
    units: 12,
    answers: { 201: Session },
    isLocated: false,
    refusals: [
      'csrf_refused',
      'rate_limited',
      'credentials_wrong',
      'second_factor_required',
      'passkeys_unavailable',
    ],
    examples: {
      password: { email: 'ada@example.org', password: 'difference engine no. 2' },
      cookies: { link: 'the-token-of-a-link', cookies: true },
    },
  },
  createPasskeyChallenge: {
    method: 'POST',
    path: '/v1/sessions/passkey-challenge',
    tag: 'Sessions',
    summary: 'Create a challenge for a passkey',
    description:
      'What `navigator.credentials.get()` needs. Send what the passkey signs as `passkey` to ' +
      '`createSession`, and to any operation that takes a second factor. A challenge works ' +
      'once, for five minutes. It says nothing about who has which passkeys.',
    by: 'access',
    roles: EVERYBODY,
    isKeyed: false,
    ignoresCookie: true,
    body: EmptyBody,
    bodyOptional: true,
    answers: { 201: PasskeyChallenge },
    isLocated: false,
    refusals: ['passkeys_unavailable'],
  },
  refreshSession: {
    method: 'POST',
    path: '/v1/sessions/refresh',
    tag: 'Sessions',
    summary: 'Renew a session',
    description:
      'Each refresh token is good for one use, and gives you the next. Within ten seconds it ' +
      'gives you the same one again, in case the answer got lost. If it is used later than ' +
      'that, we assume it was stolen, and the session ends. Without a token in the body, the ' +
      'cookie counts, and the answer comes as cookies.',
    by: 'access',
    roles: EVERYBODY,
    isKeyed: false,
    ignoresCookie: true,
    body: RefreshSessionBody,
    bodyOptional: true,
    answers: { 200: Session },
    refusals: ['csrf_refused', 'session_ended'],
    examples: { token: { refreshToken: 'the-token-of-the-answer-before' } },
  },
  endSession: {
    method: 'POST',
    path: '/v1/sessions/end',
    tag: 'Sessions',
    summary: 'Sign out',
    by: 'access',
    roles: PEOPLE,
    isKeyed: false,
    body: EmptyBody,
    bodyOptional: true,
    answers: { 200: EndedSessions },
    refusals: [],
  },
  endAllSessions: {
    method: 'POST',
    path: '/v1/sessions/end-all',
    tag: 'Sessions',
    summary: 'Sign out everywhere',
    by: 'access',
    roles: PEOPLE,
    isKeyed: false,
    body: EmptyBody,
    bodyOptional: true,
    answers: { 200: EndedSessions },
    refusals: [],
  },
} as const satisfies OperationTable
