import {
  type CreateSessionBody,
  type EndedSessions,
  fromPublicId,
  newUuid,
  type RefreshSessionBody,
  Refusal,
  type Session,
  type SessionList,
  toPublicId,
} from '../protocol/index.ts'
import {
  type AccessAnswer,
  type AccessContext,
  actorOf,
  ask,
  call,
  pseudonymOfAddress,
  requireDone,
  toInstant,
} from './access-context.ts'
import type { AccessRequest, Browser } from './access-request.ts'
import { attemptSignIn } from './attempts.ts'
import { emailKey } from './email-key.ts'
import { provePasskey } from './passkey-proof.ts'
import { type Factors, proveFactor, toJson } from './second-factor-proof.ts'
import { deviceOf, hashOf, newPair, nextPair, type Pair } from './secret-tokens.ts'
import { readUser, userIdOf } from './stored-users.ts'

/** The answer of a function that hands out a pair of tokens. */
export interface PairAnswer extends AccessAnswer {
  readonly userId: string
  readonly sessionId: string
  readonly expiresAt: number
  readonly accessExpiresAt: number | null
  readonly now: number
}

const WRONG: AccessAnswer = { code: 'credentials_wrong' }
const NO_BROWSER: Browser = { replaces: null, device: null }
const AGENT_LENGTH_MAX = 200

/**
 * Signs in with e-mail and password, with a link, or with a passkey alone. Refusals:
 * `rate_limited`, `busy`, `second_factor_required`, `passkeys_unavailable`, and
 * `credentials_wrong`, after the same work whoever exists.
 */
export async function createSession(
  context: AccessContext,
  request: AccessRequest,
  body: CreateSessionBody,
): Promise<Session> {
  const { email, link } = body
  const { browser = NO_BROWSER } = request
  const key = email === undefined ? null : emailKey(email)
  const device = key === null ? null : deviceOf(context.permanent, browser.device, key)
  const unnamed = { by: link === undefined ? 'passkey' : 'link' } as const
  const attempt = await attemptSignIn(context, request, key ?? unnamed, device)
  const pair = newPair(context.permanent)
  const begin = JSON.stringify(beginOf(context, request, pair, browser))
  const who = key === null ? unnamed : { key, isKnown: device !== null }
  const answer = await beginBy(context, request, body, who, begin).catch(async (error) => {
    // Nothing was found wrong: it was too much just now, or a code is still to come.
    await attempt.forgive()
    throw error
  })
  if (answer.code !== 'done') {
    await attempt.fail()
    throw new Refusal('credentials_wrong')
  }
  await attempt.forgive()
  return toSession(context, answer as PairAnswer, pair)
}

function beginOf(
  context: AccessContext,
  { address, agent = null }: AccessRequest,
  pair: Pair,
  { replaces }: Browser,
) {
  return {
    sessionId: newUuid(),
    refreshHash: hashOf(pair.refreshToken).toString('hex'),
    accessHash: hashOf(pair.accessToken).toString('hex'),
    agent: agent?.slice(0, AGENT_LENGTH_MAX) ?? null,
    address: pseudonymOfAddress(context, address),
    replaces: replaces === null ? null : hashOf(replaces).toString('hex'),
  }
}

/** Somebody with a password, by the key of their e-mail, and whether they are known here. */
interface Named {
  readonly key: string
  readonly isKnown: boolean
}

function beginBy(
  context: AccessContext,
  request: AccessRequest,
  body: CreateSessionBody,
  who: Named | { readonly by: 'link' | 'passkey' },
  begin: string,
): Promise<AccessAnswer> {
  if ('key' in who) return beginByPassword(context, request, body, who, begin)
  return who.by === 'link'
    ? beginByLink(context, request, body, begin)
    : beginByPasskey(context, request, body, begin)
}

async function beginByLink(
  context: AccessContext,
  request: AccessRequest,
  { link = '', ...sent }: CreateSessionBody,
  begin: string,
): Promise<AccessAnswer> {
  const hash = hashOf(link)
  const factors = await ask<Factors>(context, 'link_factors_of', [hash])
  const proof = await proveFactor(context, request, factors, sent)
  if (proof === 'wrong') return WRONG
  return call(context, 'create_session_by_link', [request.traceId, hash, toJson(proof), begin])
}

/** A passkey is two factors only where it has checked who holds it. */
async function beginByPasskey(
  context: AccessContext,
  request: AccessRequest,
  { passkey: sent }: CreateSessionBody,
  begin: string,
): Promise<AccessAnswer> {
  const passkey = sent === undefined ? null : await provePasskey(context, request, sent)
  if (passkey === null) return WRONG
  if (!passkey.isVerified) {
    const detail =
      'This passkey did not check who you are (PIN, fingerprint, face). ' +
      'Send your e-mail and password as well.'
    throw new Refusal('credentials_wrong', { detail })
  }
  const values = [request.traceId, toJson({ passkey }), begin]
  return call(context, 'create_session_by_passkey', values)
}

async function beginByPassword(
  context: AccessContext,
  request: AccessRequest,
  { password = '', ...sent }: CreateSessionBody,
  { key, isKnown }: Named,
  begin: string,
): Promise<AccessAnswer> {
  const stored = await ask<
    Factors & { userId: string; passwordHash: string | null; disabled: boolean }
  >(context, 'credentials_of', [key])
  const { passwords } = context
  const usable = stored === null || stored.disabled ? null : stored.passwordHash
  const isRight = await passwords.verify(usable, password, isKnown)
  if (!isRight || stored === null || usable === null) return WRONG
  const proof = await proveFactor(context, request, stored, sent)
  if (proof === 'wrong') return WRONG
  const newHash = passwords.isOutdated(usable) ? await passwords.hash(password) : null
  const values = [request.traceId, stored.userId, usable, newHash, toJson(proof), begin]
  return call(context, 'create_session', values)
}

/**
 * The next pair of tokens for a refresh token; the same pair for a repeat of it. Refusal:
 * `session_ended`.
 */
export async function refreshSession(
  context: AccessContext,
  request: AccessRequest,
  { refreshToken }: RefreshSessionBody,
): Promise<Session> {
  if (refreshToken === undefined) throw new Refusal('session_ended')
  const next = nextPair(context.permanent, refreshToken)
  const answer = await call(context, 'refresh_session', [
    request.traceId,
    pseudonymOfAddress(context, request.address),
    hashOf(refreshToken),
    hashOf(next.refreshToken),
    hashOf(next.accessToken),
  ])
  // It may have been this very call that ended the session.
  if (answer.code !== 'done') context.recent.forget()
  requireDone(answer)
  return toSession(context, answer as PairAnswer, next)
}

/** The session as whoever got the pair is told of it. */
export async function toSession(
  context: AccessContext,
  answer: PairAnswer,
  { accessToken, refreshToken }: Pair,
): Promise<Session> {
  context.clock.set(answer.now)
  const accessMs = (answer.accessExpiresAt ?? answer.now) - answer.now
  return {
    id: toPublicId('session', answer.sessionId),
    user: await readUser(context, answer.userId),
    expiresAt: toInstant(answer.expiresAt),
    accessToken,
    accessSeconds: Math.max(0, Math.floor(accessMs / 1000)),
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
  return end(context, request, 'endSession', userId, sessionId)
}

/** Signs out everywhere: here at once, on other servers within seconds. */
export async function endAllSessions(
  context: AccessContext,
  request: AccessRequest,
): Promise<EndedSessions> {
  return end(context, request, 'endAllSessions', personOf(request).userId, null)
}

/** Signs somebody else out everywhere. Refusal: `user_unknown`. */
export async function endUserSessions(
  context: AccessContext,
  request: AccessRequest,
  user: string,
): Promise<EndedSessions> {
  return end(context, request, 'endUserSessions', userIdOf(user), null)
}

/** Ends one session of who asks. Refusal: `session_unknown`. */
export async function endMySession(
  context: AccessContext,
  request: AccessRequest,
  session: string,
): Promise<EndedSessions> {
  const { userId } = personOf(request)
  const sessionId = fromPublicId('session', session)
  if (sessionId === null) throw new Refusal('session_unknown')
  return end(context, request, 'endMySession', userId, sessionId)
}

async function end(
  context: AccessContext,
  request: AccessRequest,
  action: string,
  userId: string,
  sessionId: string | null,
): Promise<EndedSessions> {
  const answer = await call<AccessAnswer & EndedSessions>(context, 'end_session', [
    actorOf(context, request),
    request.traceId,
    action,
    userId,
    sessionId,
  ])
  context.recent.forget()
  requireDone(answer)
  return { ended: answer.ended }
}

interface SessionRow {
  readonly sessionId: string
  readonly createdAt: number
  readonly usedAt: number
  readonly expiresAt: number
  readonly agent: string | null
  readonly signedInBy: 'password' | 'link' | 'passkey'
}

/** The live sessions of who asks, the one that was used last first. */
export async function listMySessions(
  context: AccessContext,
  request: AccessRequest,
): Promise<SessionList> {
  const own = personOf(request)
  const rows = (await ask<SessionRow[]>(context, 'sessions_of', [own.userId])) ?? []
  return {
    items: rows.map(({ sessionId, createdAt, usedAt, expiresAt, agent, signedInBy }) => ({
      id: toPublicId('session', sessionId),
      current: sessionId === own.sessionId,
      agent,
      beganBy: signedInBy,
      createdAt: toInstant(createdAt),
      usedAt: toInstant(usedAt),
      expiresAt: toInstant(expiresAt),
    })),
    next: null,
  }
}
