import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import { fromPublicId, LIMITS, toPublicId } from '../protocol/index.ts'
import type { DatabaseClock } from './database-clock.ts'
import type { SigningKeys } from './signing-keys.ts'

/** Whose token it is, and until when. */
export interface TokenClaims {
  /** UUIDs. */
  readonly user: string
  readonly session: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

const ALGORITHM = 'HS256'
const NAME = 'rowlock'
const TYPE = 'at+jwt'

/** Signs an access token that lives for five minutes by the database's clock. */
export async function signToken(
  keys: SigningKeys,
  clock: DatabaseClock,
  claims: { user: string; session: string; role: string },
): Promise<string> {
  const { kid, secret } = await keys.current()
  const issuedAt = Math.floor(clock.now() / 1000)
  return new SignJWT({ sid: toPublicId('session', claims.session), role: claims.role })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
    .setIssuer(NAME)
    .setAudience(NAME)
    .setSubject(toPublicId('user', claims.user))
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIMITS.accessTokenSeconds)
    .sign(secret)
}

/** What a token says, or null where it is forged, has ended, or is none. */
export async function readToken(
  keys: SigningKeys,
  clock: DatabaseClock,
  token: string,
): Promise<TokenClaims | null> {
  const kid = kidOf(token)
  const key = kid === null ? null : await keys.find(kid)
  if (key === null) return null
  try {
    const { payload } = await jwtVerify(token, key.secret, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: NAME,
      audience: NAME,
      requiredClaims: ['sub', 'sid', 'exp'],
      currentDate: new Date(clock.now()),
    })
    const { sub, sid, exp } = payload
    const user = fromPublicId('user', String(sub))
    const session = fromPublicId('session', String(sid))
    if (user === null || session === null || exp === undefined) return null
    return { user, session, expiresAt: exp * 1000 }
  } catch {
    // Whatever is wrong with it, it opens nothing; to say what would only help who forges.
    return null
  }
}

function kidOf(token: string): string | null {
  try {
    const { alg, kid } = decodeProtectedHeader(token)
    return alg === ALGORITHM && typeof kid === 'string' ? kid : null
  } catch {
    return null
  }
}
