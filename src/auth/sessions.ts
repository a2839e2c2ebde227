import {
  type CreateSessionBody,
  type EndedSessions,
  fromPublicId,
  LIMITS,
  newUuid,
  type RefreshSessionBody,
  Refusal,
  type Session,
  toPublicId,
} from '../protocol/index.ts'
import {
  type AccessAnswer,
  type AccessContext,
  ask,
  call,
  requireDone,
  toInstant,
} from './access-context.ts'
import type { AccessRequest } from './access-request.ts'
import { signToken } from './access-tokens.ts'
import { attemptSignIn } from './attempts.ts'
import { emailKey } from './email-key.ts'
import { hashOf, newToken } from './secret-tokens.ts'
import { readUser } from './stored-users.ts'

/** Two tabs, or a client whose answer was lost, use one token twice within this time. */
const GRACE = '10 seconds'
const WRONG: AccessAnswer = { code: 'credentials_wrong' }

interface Begun extends AccessAnswer {
  readonly userId: string
  readonly sessionId: string
  readonly role: string
  readonly expiresAt: number
  readonly now: number
}

/**
 * Signs in with e-mail and password, or with a link. Refusals: `rate_limited`, `busy`, and
 * `credentials_wrong`, after the same work whoever exists.
 */
export async function createSession(
  context: AccessContext,
  request: AccessRequest,
  body: CreateSessionBody,
): Promise<Session> {
  const { email, link } = body
  const key = link === undefined && email !== undefined ? emailKey(email) : null
  const attempt = await attemptSignIn(context, request, key)
  const refreshToken = newToken()
  const answer = await beginSession(context, key, body, refreshToken).catch(async (error) => {
    // Nothing was found wrong: it was too much just now.
    await attempt.forgive()
    throw error
  })
  if (answer.code !== 'done') {
    await attempt.fail()
    throw new Refusal('credentials_wrong')
  }
  await attempt.forgive()
  return toSession(context, answer as Begun, refreshToken)
}

async function beginSession(
  context: AccessContext,
  key: string | null,
  { password, link }: CreateSessionBody,
  refreshToken: string,
): Promise<AccessAnswer> {
  const sessionId = newUuid()
  const hash = hashOf(refreshToken)
  if (key === null) {
    return call(context, 'create_session_by_link', [sessionId, hashOf(link ?? ''), hash])
  }
  const stored = await ask<{ userId: string; passwordHash: string | null; disabled: boolean }>(
    context,
    'credentials_of',
    [key],
  )
  const { passwords } = context
  const usable = stored === null || stored.disabled ? null : stored.passwordHash
  const isRight = await passwords.verify(usable, password ?? '')
  if (!isRight || stored === null || usable === null) return WRONG
  const newHash = passwords.isOutdated(usable) ? await passwords.hash(password ?? '') : null
  return call(context, 'create_session', [sessionId, stored.userId, usable, newHash, hash])
}

/** A new pair of tokens for a refresh token. Refusal: `session_ended`. */
export async function refreshSession(
  context: AccessContext,
  request: AccessRequest,
  { refreshToken }: RefreshSessionBody,
): Promise<Session> {
  if (refreshToken === undefined) throw new Refusal('session_ended')
  const next = newToken()
  const answer = await call(context, 'refresh_session', [
    request.traceId,
    hashOf(refreshToken),
    hashOf(next),
    GRACE,
  ])
  // It may have been this very call that ended the session.
  if (answer.code !== 'done') context.recent.forget()
  requireDone(answer)
  return toSession(context, answer as Begun, next)
}

async function toSession(
  context: AccessContext,
  begun: Begun,
  refreshToken: string,
): Promise<Session> {
  const { clock, signing } = context
  clock.set(begun.now)
  const claims = { user: begun.userId, session: begun.sessionId, role: begun.role }
  const [user, accessToken] = await Promise.all([
    readUser(context, begun.userId),
    signToken(signing, clock, claims),
  ])
  return {
    id: toPublicId('session', begun.sessionId),
    user,
    expiresAt: toInstant(begun.expiresAt),
    accessToken,
    accessSeconds: LIMITS.accessTokenSeconds,
    refreshToken,
  }
}

/** The person who asks, by UUIDs. Refusal: `forbidden` for callers without a session. */
export function personOf({ identity }: AccessRequest): { userId: string; sessionId: string } {
  const userId = fromPublicId('user', identity.user ?? '')
  const sessionId = fromPublicId('session', identity.session ?? '')
  if (userId !== null && sessionId !== null) return { userId, sessionId }
  throw new Refusal('forbidden', { detail: 'Only a person who is signed in can do this.' })
}

/** Signs out. */
export async function endSession(
  context: AccessContext,
  request: AccessRequest,
): Promise<EndedSessions> {
  const { userId, sessionId } = personOf(request)
  return end(context, userId, sessionId)
}

/** Signs out everywhere: here at once, on other servers within seconds. */
export async function endAllSessions(
  context: AccessContext,
  request: AccessRequest,
): Promise<EndedSessions> {
  return end(context, personOf(request).userId, null)
}

async function end(
  context: AccessContext,
  userId: string,
  sessionId: string | null,
): Promise<EndedSessions> {
  const answer = await call<AccessAnswer & EndedSessions>(context, 'end_session', [
    userId,
    sessionId,
  ])
  context.recent.forget()
  requireDone(answer)
  return { ended: answer.ended }
}
