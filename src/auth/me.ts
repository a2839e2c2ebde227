import type { Answer } from '../calls/index.ts'
import {
  type ChangedPassword,
  type ChangeMeBody,
  type ChangePasswordBody,
  type ChangeUserBody,
  fromPublicId,
  type Me,
  type User,
} from '../protocol/index.ts'
import { type AccessContext, actorOf, ask, call, requireDone, toInstant } from './access-context.ts'
import type { AccessRequest } from './access-request.ts'
import { readApiKey } from './api-keys.ts'
import { countEmailChange } from './attempts.ts'
import { emailKey } from './email-key.ts'
import { readOwn, requirePassword } from './own-password.ts'
import { requireStrength } from './password-strength.ts'
import { hashOf, newPair } from './secret-tokens.ts'
import { type PairAnswer, personOf, toSession } from './sessions.ts'
import { readUser } from './stored-users.ts'
import { changeUser } from './users.ts'

/** Describes the caller. */
export async function getMe(context: AccessContext, { identity }: AccessRequest): Promise<Me> {
  const userId = fromPublicId('user', identity.user ?? '')
  const keyId = fromPublicId('key', identity.key ?? '')
  const sessionId = fromPublicId('session', identity.session ?? '')
  // One after the other: a request has one connection at a time, or its caller's share is twice
  // what it should be.
  const user = userId === null ? null : await readUser(context, userId)
  const key = keyId === null ? null : await readApiKey(context, keyId)
  const session =
    sessionId === null
      ? null
      : await ask<{ expiresAt?: number }>(context, 'session_of', [sessionId])
  const { role, caller } = identity
  const isLive = identity.session !== null && session?.expiresAt !== undefined
  return {
    role,
    actor: caller.actor,
    user,
    key,
    session: isLive
      ? { id: identity.session, expiresAt: toInstant(session.expiresAt as number) }
      : null,
  }
}

/**
 * Changes what a person says of themselves. Refusals: `credentials_wrong`, `rate_limited`,
 * `email_taken`.
 */
export async function changeMe(
  context: AccessContext,
  request: AccessRequest,
  { password, ...named }: ChangeMeBody,
): Promise<Answer<User>> {
  const { userId, sessionId } = personOf(request)
  const changes = Object.fromEntries(
    Object.entries(named).filter(([, value]) => value !== undefined),
  ) as ChangeUserBody
  if (changes.email !== undefined) {
    const own = await readOwn(context, userId, sessionId)
    const isOther = own.email === null || emailKey(own.email) !== emailKey(changes.email)
    if (isOther && own.passwordHash !== null) {
      await requirePassword(context, request, userId, own.passwordHash, password)
    }
    if (isOther) await countEmailChange(context, userId)
  }
  const answer = await changeUser(
    context,
    request,
    request.identity.user ?? '',
    changes,
    'changeMe',
  )
  const { signInLink: _, ...value } = answer.value
  return { ...answer, value }
}

/**
 * Sets a password, ends all other sessions, and gives this one a new pair of tokens: whoever has
 * stolen an old one is out. Who has one tells it; but a session that began by a
 * link may replace a password that is older than itself, or a lost one could never be replaced.
 * Refusals: `password_weak`, `rate_limited`, `credentials_wrong`.
 */
export async function changePassword(
  context: AccessContext,
  request: AccessRequest,
  { current, password }: ChangePasswordBody,
): Promise<ChangedPassword> {
  const { userId, sessionId } = personOf(request)
  const own = await readOwn(context, userId, sessionId)
  await requireStrength(password, own.email, own.name)
  const isByLink = current === undefined && own.mayReplace === true
  if (own.passwordHash !== null && !isByLink) {
    await requirePassword(context, request, userId, own.passwordHash, current)
  }
  const pair = newPair(context.permanent)
  const answer = await call<PairAnswer & { ended: number }>(context, 'change_password', [
    actorOf(context, request),
    request.traceId,
    userId,
    sessionId,
    own.passwordHash,
    await context.passwords.hash(password, true),
    request.identity.accessHash,
    hashOf(pair.refreshToken),
    hashOf(pair.accessToken),
  ])
  context.recent.forget()
  requireDone(answer)
  return { ended: answer.ended, session: await toSession(context, answer, pair) }
}
