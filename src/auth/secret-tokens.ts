import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { LIMITS, Refusal } from '../protocol/index.ts'
import type { AccessRequest } from './access-request.ts'

/** 32 letters that nobody mistakes for one another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const PREFIX_LENGTH = 8

/** Hashes a random token to be stored: it cannot be guessed, so a fast hash is enough. */
export function hashOf(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

/** 256 random bits, as text. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** The two tokens of a session that are handed out together. */
export interface Pair {
  readonly refreshToken: string
  readonly accessToken: string
}

const ACCESS = /^rla_([\w-]{43})([\w-]{11})$/
const MARK_BYTES = 8

/** A pair whose refresh token is random: the first one of a session. */
export function newPair(permanent: Buffer): Pair {
  return pairOf(permanent, newToken())
}

/**
 * The pair that follows a refresh token, always the same one: so whoever asks again because an
 * answer was lost gets no second one. Only servers of this database can work it out.
 */
export function nextPair(permanent: Buffer, refreshToken: string): Pair {
  return pairOf(permanent, derive(permanent, ['refresh', refreshToken]).toString('base64url'))
}

function pairOf(permanent: Buffer, refreshToken: string): Pair {
  const body = derive(permanent, ['access', refreshToken]).toString('base64url')
  return { refreshToken, accessToken: `rla_${body}${markOf(permanent, body)}` }
}

/**
 * Tells whether an access token was made by a server of this database, whether it is good or not.
 */
export function isOurAccessToken(permanent: Buffer, token: string): boolean {
  const [, body = '', mark] = ACCESS.exec(token) ?? []
  return mark !== undefined && isEqual(mark, markOf(permanent, body))
}

function markOf(permanent: Buffer, body: string): string {
  return derive(permanent, ['mark', body]).subarray(0, MARK_BYTES).toString('base64url')
}

function derive(permanent: Buffer, parts: readonly string[]): Buffer {
  return createHmac('sha256', permanent).update(JSON.stringify(parts)).digest()
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * Makes the mark of a browser that has signed somebody in: a random name, and a mark that only
 * servers of this database can make for it and for whom it is.
 */
export function newDevice(permanent: Buffer, subject: string): string {
  const name = randomBytes(16).toString('base64url')
  return `${name}.${deviceMark(permanent, name, subject)}`
}

/** The name of a device that this subject has signed in on, or null. */
export function deviceOf(permanent: Buffer, device: string | null, subject: string): string | null {
  const [name = '', mark = ''] = (device ?? '').split('.')
  return isEqual(mark, deviceMark(permanent, name, subject)) ? name : null
}

function deviceMark(permanent: Buffer, name: string, subject: string): string {
  return derive(permanent, ['device', name, subject]).toString('base64url')
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

/** Tells whether a bearer token has the form of an API key. */
export function isKeySecret(token: string): boolean {
  return /^rlp_[0-9A-Z]{8}_[\w-]{43}$/.test(token)
}
