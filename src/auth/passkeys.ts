import {
  type BeginPasskeyBody,
  type ConfirmPasskeyBody,
  fromPublicId,
  LIMITS,
  type NewPasskey,
  newUuid,
  type Passkey,
  type PasskeyChallenge,
  type PasskeyList,
  type PasskeyOptions,
  Refusal,
  type RemovePasskeyBody,
  toPublicId,
  type User,
} from '../protocol/index.ts'
import {
  type AccessAnswer,
  type AccessContext,
  actorOf,
  ask,
  call,
  requireDone,
  toInstant,
  toInstantOrNull,
} from './access-context.ts'
import type { AccessRequest } from './access-request.ts'
import { readOwn, requirePassword } from './own-password.ts'
import { ALGORITHMS, newChallenge, readPasskey, siteOf, userHandleOf } from './passkey-proof.ts'
import { newRecoveryCodes, recoveryHashOf } from './recovery-codes.ts'
import { toJson, withProof } from './second-factor-proof.ts'
import { hashOf } from './secret-tokens.ts'
import { personOf } from './sessions.ts'
import { readUser } from './stored-users.ts'

interface PasskeyRow {
  readonly passkeyId: string
  /** Hexadecimal. */
  readonly credentialId: string
  readonly name: string
  readonly host: string
  readonly isSynced: boolean
  readonly createdAt: number
  readonly usedAt: number | null
}

const PUBLIC_KEY = 'public-key'

/**
 * A challenge that any passkey may sign, once: to sign in, or to prove a second factor. Refusal:
 * `passkeys_unavailable`.
 */
export async function createPasskeyChallenge(
  context: AccessContext,
  request: AccessRequest,
): Promise<PasskeyChallenge> {
  const { host: rpId } = siteOf(request)
  const challenge = newChallenge()
  requireDone(await call(context, 'create_passkey_challenge', [hashOf(challenge)]))
  return { challenge, rpId, timeout: LIMITS.passkeyTimeoutMs, userVerification: 'preferred' }
}

/** The passkeys of who asks, the oldest first. */
export async function listMyPasskeys(
  context: AccessContext,
  request: AccessRequest,
): Promise<PasskeyList> {
  const { userId } = personOf(request)
  return { items: (await readPasskeys(context, userId)).map(toPasskey), next: null }
}

async function readPasskeys(context: AccessContext, userId: string): Promise<PasskeyRow[]> {
  return (await ask<PasskeyRow[]>(context, 'passkeys_of', [userId])) ?? []
}

function toPasskey({ passkeyId, name, host, isSynced, createdAt, usedAt }: PasskeyRow): Passkey {
  return {
    id: toPublicId('passkey', passkeyId),
    name,
    host,
    synced: isSynced,
    createdAt: toInstant(createdAt),
    usedAt: toInstantOrNull(usedAt),
  }
}

/**
 * Gives what a browser makes a passkey from, to who tells the password again and proves the second
 * factor that they have. Refusals: `credentials_wrong`, `rate_limited`, `second_factor_required`,
 * `passkeys_unavailable`, `too_many_passkeys`.
 */
export async function beginPasskey(
  context: AccessContext,
  request: AccessRequest,
  { password, ...sent }: BeginPasskeyBody,
): Promise<PasskeyOptions> {
  const { userId, sessionId } = personOf(request)
  const { host } = siteOf(request)
  const own = await readOwn(context, userId, sessionId)
  if (own.passwordHash === null) {
    throw new Refusal('credentials_wrong', { detail: 'Set a password first.' })
  }
  await requirePassword(context, request, userId, own.passwordHash, password)
  const challenge = newChallenge()
  await withProof(context, request, userId, own, sent, (proof) =>
    call(context, 'begin_passkey', [userId, sessionId, hashOf(challenge), toJson(proof)]),
  )
  const there = (await readPasskeys(context, userId)).filter((passkey) => passkey.host === host)
  return {
    challenge,
    rp: { id: host, name: 'Rowlock' },
    user: { id: userHandleOf(userId), name: own.email ?? own.name, displayName: own.name },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: PUBLIC_KEY })),
    timeout: LIMITS.passkeyTimeoutMs,
    attestation: 'none',
    excludeCredentials: there.map(({ credentialId }) => ({
      id: Buffer.from(credentialId, 'hex').toString('base64url'),
      type: PUBLIC_KEY,
    })),
    authenticatorSelection: {
      // Signing in by itself takes one that can be found without a name.
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'preferred',
    },
  }
}

/**
 * Makes a passkey count that the browser has made. The first second factor of somebody ends all
 * other sessions, and hands out recovery codes, this once. Refusals: `passkeys_unavailable`,
 * `passkey_invalid`, `passkey_exists`, `too_many_passkeys`.
 */
export async function confirmPasskey(
  context: AccessContext,
  request: AccessRequest,
  { name, credential }: ConfirmPasskeyBody,
): Promise<NewPasskey> {
  const { userId, sessionId } = personOf(request)
  const made = await readPasskey(request, credential)
  if (made === null) throw new Refusal('passkey_invalid')
  const recoveryCodes = newRecoveryCodes()
  const answer = await call<AccessAnswer & { passkeyId: string; hasCodes: boolean }>(
    context,
    'confirm_passkey',
    [
      actorOf(context, request),
      request.traceId,
      userId,
      sessionId,
      JSON.stringify({ ...made, name, passkeyId: newUuid() }),
      recoveryCodes.map(recoveryHashOf),
    ],
  )
  context.recent.forget()
  requireDone(answer)
  const row = (await readPasskeys(context, userId)).find(
    ({ passkeyId }) => passkeyId === answer.passkeyId,
  )
  if (row === undefined) throw new Refusal('passkey_unknown')
  return { passkey: toPasskey(row), recoveryCodes: answer.hasCodes ? recoveryCodes : [] }
}

/**
 * Takes a passkey of who asks away, who proves password and second factor once more. Refusals:
 * `passkey_unknown`, `credentials_wrong`, `rate_limited`, `second_factor_required`,
 * `passkeys_unavailable`.
 */
export async function removePasskey(
  context: AccessContext,
  request: AccessRequest,
  passkey: string,
  { password, ...sent }: RemovePasskeyBody,
): Promise<User> {
  const { userId, sessionId } = personOf(request)
  const passkeyId = fromPublicId('passkey', passkey)
  const own = await readOwn(context, userId, sessionId)
  const there = await readPasskeys(context, userId)
  if (!there.some((known) => known.passkeyId === passkeyId)) throw new Refusal('passkey_unknown')
  await requirePassword(context, request, userId, own.passwordHash, password)
  await withProof(context, request, userId, own, sent, (proof) =>
    call(context, 'end_passkey', [
      actorOf(context, request),
      request.traceId,
      userId,
      passkeyId,
      toJson(proof),
    ]),
  )
  return readUser(context, userId)
}
