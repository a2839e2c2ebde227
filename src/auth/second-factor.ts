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
import { type Factor, proveFactor, recoveryHashOf, stepOf, totpOf } from './second-factor-proof.ts'
import { personOf } from './sessions.ts'
import { readUser, userIdOf } from './stored-users.ts'

/** Of SHA-1's block, as RFC 4226 advises. */
const SECRET_BYTES = 20
const RECOVERY_CODES = 10
/** 32 letters that nobody mistakes for one another; 16 of them are 80 bits. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const GROUPS = 4
const GROUP_LENGTH = 4

/**
 * Begins a second factor for who asks, who tells the password again. It counts once it is
 * confirmed. Refusals: `credentials_wrong`, `rate_limited`, `second_factor_exists`.
 */
export async function beginSecondFactor(
  context: AccessContext,
  request: AccessRequest,
  { password }: BeginSecondFactorBody,
): Promise<NewSecondFactor> {
  const { userId, sessionId } = personOf(request)
  const own = await readOwn(context, userId, sessionId)
  if (own.passwordHash === null) {
    throw new Refusal('credentials_wrong', { detail: 'Set a password first.' })
  }
  await requirePassword(context, request, userId, own.passwordHash, password)
  const secret = randomBytes(SECRET_BYTES)
  requireDone(await call(context, 'begin_second_factor', [userId, secret]))
  const totp = totpOf(secret, own.email ?? request.identity.user ?? '')
  return { secret: totp.secret.base32, uri: totp.toString() }
}

/**
 * Makes it count, once a code shows that it works, and hands out the recovery codes, this once.
 * Ends all other sessions. Refusals: `second_factor_unknown`, `second_factor_exists`,
 * `credentials_wrong`, `rate_limited`.
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
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
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
 * Takes the second factor of who asks away, who proves password and factor once more. Refusals:
 * `second_factor_unknown`, `credentials_wrong`, `rate_limited`.
 */
export async function removeSecondFactor(
  context: AccessContext,
  request: AccessRequest,
  { password, code }: RemoveSecondFactorBody,
): Promise<User> {
  const { userId, sessionId } = personOf(request)
  const own = await readOwn(context, userId, sessionId)
  if (!own.secondFactor?.isConfirmed) throw new Refusal('second_factor_unknown')
  await requirePassword(context, request, userId, own.passwordHash, password)
  const attempt = await attemptSignIn(context, request, userId)
  const proof = proveFactor(own.secondFactor, code)
  const answer =
    proof === 'wrong' ? { code: 'credentials_wrong' } : await end(context, request, userId, proof)
  if (answer.code === 'credentials_wrong') {
    await attempt.fail()
    throw new Refusal('credentials_wrong', { detail: 'The code is wrong or was already used.' })
  }
  await attempt.forgive()
  requireDone(answer)
  return readUser(context, userId)
}

/** Takes it away from whoever lost it. Refusals: `user_unknown`, `second_factor_unknown`. */
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

function end(context: AccessContext, request: AccessRequest, userId: string, proof: object | null) {
  return call(context, 'end_second_factor', [
    actorOf(context, request),
    request.traceId,
    proof === null ? 'removeUserSecondFactor' : 'removeSecondFactor',
    userId,
    proof === null ? null : JSON.stringify(proof),
  ])
}

function newRecoveryCode(): string {
  const bytes = randomBytes(GROUPS * GROUP_LENGTH)
  const letters = Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join('')
  return (letters.match(/.{4}/g) ?? []).join('-')
}
