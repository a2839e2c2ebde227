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
      'Returns what an authenticator app needs (TOTP, RFC 6238). It counts once you have ' +
      'confirmed a code; until then you can begin again. If you have passkeys, send one of ' +
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
      'From now on, signing in takes a code, or a passkey if you have one. Returns ten recovery ' +
      'codes, each good for one use, which replace those you had. You see them only now. If it ' +
      'is your first second factor, all other sessions end.',
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
      'With the password, and a code, a passkey or a recovery code. If you have no passkey, the ' +
      'recovery codes are removed as well, and the password alone signs you in.',
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
      'is a second factor for your password, or signs you in on its own. If you already have a ' +
      'second factor, prove it.',
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
      'answer has ten recovery codes, each good for one use. You see them only now.',
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
      'With the password, and a passkey (this one or another), a code or a recovery code. If it ' +
      'was your last second factor, the recovery codes are removed as well, and the password ' +
      'alone signs you in.',
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
