import { hash } from 'node:crypto'
import { Refusal, type Scope, toPublicId, type UserRole } from '../protocol/index.ts'
import type { Credentials } from './access.ts'
import { type AccessContext, ask, type Known } from './access-context.ts'
import { readToken } from './access-tokens.ts'
import { ANONYMOUS, type Identity } from './identity.ts'
import { hashOf, isKeySecret } from './secret-tokens.ts'

const BEARER = /^Bearer +([\x21-\x7e]+) *$/i

interface SessionAnswer {
  readonly now: number
  readonly userId?: string
  readonly role?: UserRole
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

async function lookUpSession(context: AccessContext, token: string): Promise<Known> {
  const claims = await readToken(context.signing, context.clock, token)
  if (claims === null) throw unknown()
  const found = await ask<SessionAnswer>(context, 'session_of', [claims.session])
  if (found === null) throw unknown()
  context.clock.set(found.now)
  const { userId, role } = found
  // The clock may have gone on since the token was looked at.
  const isLive = claims.expiresAt > found.now && userId === claims.user
  if (!isLive || role === undefined) throw unknown()
  const expiresAt = Math.min(claims.expiresAt, found.expiresAt ?? 0)
  return { identity: personIdentity(userId, role, claims.session), expiresAt }
}

function personIdentity(userId: string, role: UserRole, sessionId: string): Identity {
  const user = toPublicId('user', userId)
  const isStaff = role !== 'user'
  return {
    role,
    caller: {
      scope: user,
      actor: user,
      owner: isStaff ? null : user,
      boxOffice: isStaff,
      seller: isStaff,
      heldSeatsMax: null,
    },
    scopes: null,
    shows: null,
    user,
    key: null,
    session: toPublicId('session', sessionId),
  }
}

async function lookUpKey(context: AccessContext, secret: string): Promise<Known> {
  const found = await ask<KeyAnswer>(context, 'api_key_of', [hashOf(secret)])
  if (found === null || found.keyId === undefined) throw unknown()
  context.clock.set(found.now)
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
  }
  return { identity, expiresAt: found.expiresAt ?? Number.POSITIVE_INFINITY }
}

function unknown(): Refusal {
  return new Refusal('unauthenticated', { detail: 'The key or token that was sent is not known.' })
}
