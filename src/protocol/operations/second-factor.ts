import {
  BeginPasskeyBody,
  BeginSecondFactorBody,
  ConfirmPasskeyBody,
  ConfirmSecondFactorBody,
  NewPasskey,
  NewSecondFactor,
  PasskeyList,
  PasskeyOptions,
  RecoveryCodes,
  RemovePasskeyBody,
  RemoveSecondFactorBody,
  User,
} from '../schemas/index.ts'
import type { OperationTable } from './operation.ts'
import { PEOPLE } from './roles.ts'

/** Operations on what signs in besides a password: codes of an app, and passkeys. */
export const SECOND_FACTOR_OPERATIONS = {
  beginSecondFactor: {
    method: 'POST',
    path: '/v1/me/second-factor',
    tag: 'Me',
    summary: 'Set up codes of an app as a second factor',
    description:
      'Answers what an authenticator app needs (TOTP, RFC 6238). It counts once you have ' +
      'confirmed a code; until then you can begin again. If you have passkeys, it takes one of ' +
      'them, or a recovery code.',
    by: 'access',
    roles: PEOPLE,
    isKeyed: false,
    body: BeginSecondFactorBody,
    units: 12,
    answers: { 201: NewSecondFactor },
    isLocated: false,
    refusals: [
      'rate_limited',
      'forbidden',
      'credentials_wrong',
      'second_factor_required',
      'passkeys_unavailable',
      'second_factor_exists',
    ],
    examples: { example: { password: 'difference engine no. 2' } },
  },
  confirmSecondFactor: {
    method: 'POST',
    path: '/v1/me/second-factor/confirm',
    tag: 'Me',
    summary: 'Confirm the app with a code',
    description:
      'From now on signing in takes a code, or a passkey if you have one. Answers ten recovery ' +
      'codes, each good once, instead of those that you had. You see them this once. If it is ' +
      'your first second factor, all other sessions end.',
    by: 'access',
    roles: PEOPLE,
    isKeyed: false,
    body: ConfirmSecondFactorBody,
    answers: { 200: RecoveryCodes },
    refusals: [
      'rate_limited',
      'forbidden',
      'credentials_wrong',
      'second_factor_unknown',
      'second_factor_exists',
    ],
    examples: { example: { code: '123456' } },
  },
  removeSecondFactor: {
    method: 'POST',
    path: '/v1/me/second-factor/remove',
    tag: 'Me',
    summary: 'Remove the app',
    description:
      'With the password, and a code, a passkey or a recovery code. Without a passkey left, the ' +
      'recovery codes go, too, and the password alone signs you in.',
    by: 'access',
    roles: PEOPLE,
    isKeyed: false,
    body: RemoveSecondFactorBody,
    units: 12,
    answers: { 200: User },
    refusals: [
      'rate_limited',
      'forbidden',
      'credentials_wrong',
      'second_factor_required',
      'passkeys_unavailable',
      'second_factor_unknown',
    ],
    examples: { example: { password: 'difference engine no. 2', code: '123456' } },
  },
  listMyPasskeys: {
    method: 'GET',
    path: '/v1/me/passkeys',
    tag: 'Me',
    summary: 'List my passkeys',
    description: 'The oldest first: at most 10.',
    by: 'access',
    roles: PEOPLE,
    answers: { 200: PasskeyList },
    refusals: ['forbidden'],
  },
  beginPasskey: {
    method: 'POST',
    path: '/v1/me/passkeys',
    tag: 'Me',
    summary: 'Set up a passkey',
    description:
      'What `navigator.credentials.create()` needs, for five minutes and this session. A passkey ' +
      'is a second factor beside your password, or signs you in by itself. If you have a second ' +
      'factor already, prove it.',
    by: 'access',
    roles: PEOPLE,
    isKeyed: false,
    body: BeginPasskeyBody,
    units: 12,
    answers: { 201: PasskeyOptions },
    isLocated: false,
    refusals: [
      'rate_limited',
      'forbidden',
      'credentials_wrong',
      'second_factor_required',
      'passkeys_unavailable',
      'too_many_passkeys',
    ],
    examples: { example: { password: 'difference engine no. 2' } },
  },
  confirmPasskey: {
    method: 'POST',
    path: '/v1/me/passkeys/confirm',
    tag: 'Me',
    summary: 'Confirm the passkey that the browser made',
    description:
      'It counts from now on. If it is your first second factor, all other sessions end, and the ' +
      'answer has ten recovery codes, each good once. You see them this once.',
    by: 'access',
    roles: PEOPLE,
    isKeyed: false,
    body: ConfirmPasskeyBody,
    answers: { 200: NewPasskey },
    refusals: [
      'forbidden',
      'passkeys_unavailable',
      'passkey_invalid',
      'passkey_exists',
      'too_many_passkeys',
    ],
    examples: {
      example: {
        name: 'My phone',
        credential: {
          id: 'aWQtb2YtdGhlLXBhc3NrZXk',
          response: { clientDataJSON: 'eyJ0eXBlIjoi', attestationObject: 'o2NmbXRkbm9uZQ' },
        },
      },
    },
  },
  removePasskey: {
    method: 'POST',
    path: '/v1/me/passkeys/{passkey}/remove',
    tag: 'Me',
    summary: 'Remove a passkey',
    description:
      'With the password, and a passkey (this one or another), a code or a recovery code. With ' +
      'your last second factor go the recovery codes; the password alone signs you in then.',
    by: 'access',
    roles: PEOPLE,
    isKeyed: false,
    body: RemovePasskeyBody,
    units: 12,
    answers: { 200: User },
    refusals: [
      'rate_limited',
      'forbidden',
      'credentials_wrong',
      'second_factor_required',
      'passkeys_unavailable',
      'passkey_unknown',
    ],
    examples: {
      example: { password: 'difference engine no. 2', code: 'ABCD-EFGH-JKLM-NPQR-STUV-WXYZ' },
    },
  },
} as const satisfies OperationTable
