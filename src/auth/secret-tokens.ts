import { createHmac, hash, randomBytes } from 'node:crypto'
import { LIMITS, Refusal } from '../protocol/index.ts'
import type { AccessRequest } from './access-request.ts'

/** 32 letters that nobody mistakes for one another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const PREFIX_LENGTH = 8

/** What random tokens are stored as: they cannot be guessed, so a fast hash is enough. */
export function hashOf(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

/** 256 random bits, as text. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * The token that this request gives: random without an idempotency key; with one it is made from
 * it, so that a retry gets the same token again although nobody has kept it. Refusal:
 * `idempotency_key_invalid` for a key that could be guessed.
 */
export function tokenOf(permanent: Buffer, request: AccessRequest, operation: string): Buffer {
  const { idempotencyKey, identity } = request
  if (idempotencyKey === null) return randomBytes(32)
  const min = LIMITS.idempotencyKeyLengthMinAnonymous
  if (idempotencyKey.length < min) {
    const detail = `For a secret it must have ${min} characters or more, such as a UUID.`
    throw new Refusal('idempotency_key_invalid', { detail, limit: min })
  }
  const text = JSON.stringify([operation, identity.caller.scope, idempotencyKey])
  return createHmac('sha256', permanent).update(text).digest()
}

/** An API key's secret and its visible beginning: `rlp_XXXXXXXX_…`. */
export interface KeySecret {
  readonly prefix: string
  readonly secret: string
}

/** Prefix and secret are both made from the token, and the prefix tells nothing of the rest. */
export function keySecretOf(token: Buffer): KeySecret {
  const seen = createHmac('sha256', token).update('prefix').digest()
  const letters = Array.from(seen.subarray(0, PREFIX_LENGTH), (byte) => LETTERS[byte % 32])
  const prefix = `rlp_${letters.join('')}`
  return { prefix, secret: `${prefix}_${token.toString('base64url')}` }
}

/** Whether a bearer token has the form of an API key. */
export function isKeySecret(token: string): boolean {
  return /^rlp_[0-9A-Z]{8}_[\w-]{43}$/.test(token)
}
