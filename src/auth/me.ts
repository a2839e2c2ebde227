import type { Answer } from '../calls/index.ts'
import {
  type ChangeMeBody,
  type ChangePasswordBody,
  type ChangeUserBody,
  type EndedSessions,
  fromPublicId,
  type Me,
  Refusal,
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
} from './access-context.ts'
import type { AccessRequest } from './access-request.ts'
import { readApiKey } from './api-keys.ts'
import { attemptSignIn, countEmailChange } from './attempts.ts'
import { emailKey } from './email-key.ts'
import { requireStrength } from './password-strength.ts'
import { personOf } from './sessions.ts'
import { readUser } from './stored-users.ts'
import { changeUser } from './users.ts'

interface Own {
  readonly email: string | null
  readonly passwordHash: string | null
  readonly mayReplace: boolean | null
}

/** Who is asking. */
export async function getMe(context: AccessContext, { identity }: AccessRequest): Promise<Me> {
  const userId = fromPublicId('user', identity.user ?? '')
  const keyId = fromPublicId('key', identity.key ?? '')
  const sessionId = fromPublicId('session', identity.session ?? '')
  const [user, key, session] = await Promise.all([
    userId === null ? null : readUser(context, userId),
    keyId === null ? null : readApiKey(context, keyId),
    sessionId === null ? null : ask<{ expiresAt?: number }>(context, 'session_of', [sessionId]),
  ])
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
  return changeUser(context, request, request.identity.user ?? '', changes, 'changeMe')
}

/**
 * Sets a password and ends all other sessions. Who has one tells it; but a session that began by a
 * link may replace a password that is older than itself, or a lost one could never be replaced.
 * Refusals: `password_weak`, `rate_limited`, `credentials_wrong`.
 */
export async function changePassword(
  context: AccessContext,
  request: AccessRequest,
  { current, password }: ChangePasswordBody,
): Promise<EndedSessions> {
  const { userId, sessionId } = personOf(request)
  const own = await readOwn(context, userId, sessionId)
  requireStrength(password, own.email)
  const isByLink = current === undefined && own.mayReplace === true
  if (own.passwordHash !== null && !isByLink) {
    await requirePassword(context, request, userId, own.passwordHash, current)
  }
  const answer = await call<AccessAnswer & EndedSessions>(context, 'change_password', [
    actorOf(context, request),
    request.traceId,
    userId,
    sessionId,
    own.passwordHash,
    await context.passwords.hash(password),
  ])
  context.recent.forget()
  requireDone(answer)
  return { ended: answer.ended }
}

async function readOwn(context: AccessContext, userId: string, sessionId: string): Promise<Own> {
  const own = await ask<Own>(context, 'password_of', [userId, sessionId])
  if (own === null) throw new Refusal('unauthenticated')
  return own
}

async function requirePassword(
  context: AccessContext,
  request: AccessRequest,
  userId: string,
  stored: string,
  password: string | undefined,
): Promise<void> {
  if (password === undefined) {
    throw new Refusal('credentials_wrong', { detail: 'Tell the current password, too.' })
  }
  const attempt = await attemptSignIn(context, request, userId)
  if (!(await context.passwords.verify(stored, password))) {
    await attempt.fail()
    throw new Refusal('credentials_wrong', { detail: 'The current password is another one.' })
  }
  await attempt.forgive()
}
