import { hash, timingSafeEqual } from 'node:crypto'
import { ANONYMOUS, type Identity, OPERATOR } from './identity.ts'

/** Tells who sent an `Authorization` header: anonymous without one, null for an unknown key. */
export type Authenticate = (authorization: string | undefined) => Identity | null

const BEARER = /^Bearer +([\x21-\x7e]+) *$/i

/**
 * Knows one key. Digests are compared, and in constant time, so that neither the length nor the
 * beginning of the key can be learned from how long an answer takes.
 */
export function createAuthenticator(operatorKey: string): Authenticate {
  const expected = digest(operatorKey)
  return (authorization) => {
    if (authorization === undefined) return ANONYMOUS
    const key = BEARER.exec(authorization)?.[1]
    if (key === undefined) return null
    return timingSafeEqual(digest(key), expected) ? OPERATOR : null
  }
}

function digest(key: string): Buffer {
  return hash('sha256', key, 'buffer')
}
