import { hash } from 'node:crypto'
import { Refusal, type Scope, toPublicId, type UserRole } from '../protocol/index.ts'
import type { Credentials } from './access.ts'
import { type AccessContext, ask, type Known } from './access-context.ts'
import { ANONYMOUS, HOUSE, type Identity } from './identity.ts'
import { hashOf, isKeySecret, isOurAccessToken } from './secret-tokens.ts'

const BEARER = /^Bearer +([\x21-\x7e]+) *$/i

interface SessionAnswer {
  readonly now: number
  readonly userId?: string
  readonly role?: UserRole
  readonly sessionId?: string
  readonly expiresAt?: number
}

interface KeyAnswer {
  readonly now: number
  readonly keyId?: string
  readonly scopes?: readonly Scope[]
  readonly shows?: readonly string[] | null
  readonly expiresAt?: number | null
}

/**
 * Tells who sent these credentials. The header counts before the cookie; whatever is sent and not
 * known is refused with `unauthenticated`, also where nobody had to send any.
 */
export function identify(
  context: AccessContext,
  { authorization, cookie }: Credentials,
): Identity | Promise<Identity> {
  if (authorization === undefined && cookie === undefined) return ANONYMOUS
  const known = authorization === undefined ? null : context.authenticateOperator(authorization)
  if (known !== null) return known
  const token = authorization === undefined ? cookie : BEARER.exec(authorization)?.[1]
  if (token === undefined || token === '') throw unknown()
  const digest = hash('sha256', token)
  const recent = context.recent.get(digest)
  if (recent !== undefined && recent.expiresAt > context.clock.now()) return recent.identity
  // A cookie never carries an API key: pages have sessions.
  const look = authorization !== undefined && isKeySecret(token) ? lookUpKey : lookUpSession
  return context.recent.lookUp(digest, () => look(context, token)).then(({ identity }) => identity)
}

/**
 * Tells whether these credentials are ours: the operator key, an access token that was made here
 * (also one that has ended), or an API key that was good before. Asks nobody.
 */
export function isFamiliar(
  context: AccessContext,
  { authorization, cookie }: Credentials,
): boolean {
  const token = authorization === undefined ? cookie : BEARER.exec(authorization)?.[1]
  if (token === undefined) return false
  return (
    isOurAccessToken(context.permanent, token) ||
    context.goodKeys.has(hash('sha256', token)) ||
    isFromBefore(token) ||
    (authorization !== undefined && context.authenticateOperator(authorization) !== null)
  )
}

/** Tokens of the version before were signed. They open nothing, and nothing is looked up. */
function isFromBefore(token: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(token)
}

async function lookUpSession(context: AccessContext, token: string): Promise<Known> {
  if (!isOurAccessToken(context.permanent, token)) throw unknown()
  const accessHash = hashOf(token)
  const found = await ask<SessionAnswer>(context, 'access_of', [accessHash])
  if (found === null) throw unknown()
  context.clock.set(found.now)
  const { userId, role, sessionId, expiresAt = 0 } = found
  if (userId === undefined || role === undefined || sessionId === undefined) throw unknown()
  return { identity: personIdentity(userId, role, sessionId, accessHash), expiresAt }
}

function personIdentity(
  userId: string,
  role: UserRole,
  sessionId: string,
  accessHash: Buffer,
): Identity {
  const user = toPublicId('user', userId)
  const isStaff = role !== 'user'
  return {
    role,
    caller: {
      scope: user,
      actor: user,
      owner: isStaff ? HOUSE : user,
      boxOffice: isStaff,
      seller: isStaff,
      heldSeatsMax: null,
    },
    scopes: null,
    shows: null,
    user,
    key: null,
    session: toPublicId('session', sessionId),
    accessHash,
  }
}

async function lookUpKey(context: AccessContext, secret: string): Promise<Known> {
  const found = await ask<KeyAnswer>(context, 'api_key_of', [hashOf(secret)])
  if (found === null || found.keyId === undefined) throw unknown()
  context.clock.set(found.now)
  rememberGood(context.goodKeys, hash('sha256', secret))
  const key = toPublicId('key', found.keyId)
  const scopes = new Set(found.scopes)
  const identity: Identity = {
    role: 'partner',
    caller: {
      scope: key,
      actor: key,
      owner: key,
      boxOffice: false,
      seller: scopes.has('sell'),
      heldSeatsMax: null,
    },
    scopes,
    shows: found.shows ? new Set(found.shows) : null,
    user: null,
    key,
    session: null,
    accessHash: null,
  }
  return { identity, expiresAt: found.expiresAt ?? Number.POSITIVE_INFINITY }
}

const GOOD_KEYS_MAX = 10_000

/** The one that was seen first goes. */
function rememberGood(keys: Set<string>, digest: string): void {
  const [oldest] = keys
  if (keys.size >= GOOD_KEYS_MAX && oldest !== undefined) keys.delete(oldest)
  keys.add(digest)
}

function unknown(): Refusal {
  return new Refusal('unauthenticated', { detail: 'The key or token you sent is unknown.' })
}
