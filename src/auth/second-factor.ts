import { randomBytes } from 'node:crypto'
import {
  type BeginSecondFactorBody,
  type ConfirmSecondFactorBody,
  type NewSecondFactor,
  type RecoveryCodes,
  Refusal,
  type RemoveSecondFactorBody,
  type User,
} from '../protocol/index.ts'
import { type AccessContext, actorOf, ask, call, requireDone } from './access-context.ts'
import type { AccessRequest } from './access-request.ts'
import { attemptSignIn } from './attempts.ts'
import { readOwn, requirePassword } from './own-password.ts'
import { newRecoveryCodes, recoveryHashOf } from './recovery-codes.ts'
import {
  type Factor,
  type Proof,
  stepOf,
  toJson,
  totpOf,
  withProof,
} from './second-factor-proof.ts'
import { personOf } from './sessions.ts'
import { readUser, userIdOf } from './stored-users.ts'

/** Bytes of SHA-1's block, as RFC 4226 advises. */
const SECRET_BYTES = 20

/**
 * Begins codes of an app for who asks, who tells the password again, and proves a passkey if they
 * have any. They count once they are confirmed. Refusals: `credentials_wrong`, `rate_limited`,
 * `second_factor_required`, `passkeys_unavailable`, `second_factor_exists`.
 */
export async function beginSecondFactor(
  context: AccessContext,
  request: AccessRequest,
  { password, ...sent }: BeginSecondFactorBody,
): Promise<NewSecondFactor> {
  const { userId, sessionId } = personOf(request)
  const own = await readOwn(context, userId, sessionId)
  if (own.passwordHash === null) {
    throw new Refusal('credentials_wrong', { detail: 'Set a password first.' })
  }
  await requirePassword(context, request, userId, own.passwordHash, password)
  if (own.secondFactor?.isConfirmed) throw new Refusal('second_factor_exists')
  const secret = randomBytes(SECRET_BYTES)
  await withProof(context, request, userId, own, sent, (proof) =>
    call(context, 'begin_second_factor', [userId, secret, toJson(proof)]),
  )
  const totp = totpOf(secret, own.email ?? request.identity.user ?? '')
  return { secret: totp.secret.base32, uri: totp.toString() }
}

/**
 * Makes it count, once a code shows that it works, and hands out the recovery codes, this once.
 * The first second factor of somebody ends all other sessions. Refusals:
 * `second_factor_unknown`, `second_factor_exists`, `credentials_wrong`, `rate_limited`.
 */
export async function confirmSecondFactor(
  context: AccessContext,
  request: AccessRequest,
  { code }: ConfirmSecondFactorBody,
): Promise<RecoveryCodes> {
  const { userId, sessionId } = personOf(request)
  const factor = await ask<Factor>(context, 'second_factor_of', [userId])
  if (factor === null) throw new Refusal('second_factor_unknown')
  const secret = Buffer.from(factor.secret, 'hex')
  const attempt = await attemptSignIn(context, request, userId)
  const step = stepOf(factor, code.replace(/\s/g, ''))
  if (step === null) {
    await attempt.fail()
    throw new Refusal('credentials_wrong', { detail: 'The code is wrong or has expired.' })
  }
  await attempt.forgive()
  const recoveryCodes = newRecoveryCodes()
  const answer = await call(context, 'confirm_second_factor', [
    actorOf(context, request),
    request.traceId,
    userId,
    sessionId,
    secret,
    step,
    recoveryCodes.map(recoveryHashOf),
  ])
  context.recent.forget()
  requireDone(answer)
  return { recoveryCodes }
}

/**
 * Takes the codes of an app away from who asks, who proves password and second factor once more.
 * Refusals: `second_factor_unknown`, `credentials_wrong`, `rate_limited`, `second_factor_required`,
 * `passkeys_unavailable`.
 */
export async function removeSecondFactor(
  context: AccessContext,
  request: AccessRequest,
  { password, ...sent }: RemoveSecondFactorBody,
): Promise<User> {
  const { userId, sessionId } = personOf(request)
  const own = await readOwn(context, userId, sessionId)
  if (!own.secondFactor?.isConfirmed) throw new Refusal('second_factor_unknown')
  await requirePassword(context, request, userId, own.passwordHash, password)
  await withProof(context, request, userId, own, sent, (proof) =>
    end(context, request, userId, proof),
  )
  return readUser(context, userId)
}

/**
 * Takes everything away from whoever lost it: codes of an app, passkeys, recovery codes. Refusals:
 * `user_unknown`, `second_factor_unknown`.
 */
export async function removeUserSecondFactor(
  context: AccessContext,
  request: AccessRequest,
  user: string,
): Promise<User> {
  const userId = userIdOf(user)
  await readUser(context, userId)
  requireDone(await end(context, request, userId, null))
  return readUser(context, userId)
}

function end(context: AccessContext, request: AccessRequest, userId: string, proof: Proof | null) {
  return call(context, 'end_second_factor', [
    actorOf(context, request),
    request.traceId,
    proof === null ? 'removeUserSecondFactor' : 'removeSecondFactor',
    userId,
    toJson(proof),
  ])
}
