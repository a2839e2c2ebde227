/** The kinds of things that have an identifier of their own, and its prefix on the wire. */
export const ID_PREFIXES = {
  venue: 'venue',
  plan: 'plan',
  hold: 'hold',
  booking: 'book',
  block: 'block',
  user: 'user',
  session: 'session',
  passkey: 'passkey',
  key: 'key',
  webhook: 'webhook',
} as const

export type IdKind = keyof typeof ID_PREFIXES

const HEX = /^[0-9a-f]{32}$/

/** A new identifier: 122 random bits, so that knowing one tells nothing about another. */
export function newUuid(): string {
  return globalThis.crypto.randomUUID()
}

const MINUTE_MS = 60_000

/**
 * A new identifier of what a show's journal is full of. It begins with the minute, in 16 bits that
 * start anew every 45 days, so that what is written together is together in indexes: only where it
 * is written depends on the clock, never what it means. The other 112 bits are random, because the
 * id of a hold is its key. docs/decisions/0015-ids-in-order-of-time.md says what that is worth.
 */
export function newTimedUuid(nowMs: number = Date.now()): string {
  const minute = Math.floor(nowMs / MINUTE_MS) % 2 ** 16
  // Of a UUID all digits are random but the 13th and the 17th, which say of what kind it is.
  const uuid = newUuid()
  const begin = minute.toString(16).padStart(4, '0') + uuid.slice(0, 4)
  const middle = `${uuid.slice(4, 8)}-${uuid.slice(9, 13)}`
  return `${begin}-${middle}-${uuid.slice(15, 18)}${uuid.slice(20, 21)}-${uuid.slice(24)}`
}

/** `hold`, `c0ffee…` (UUID) → `hold_c0ffee…` (32 hexadecimal digits). */
export function toPublicId(kind: IdKind, uuid: string): string {
  return `${ID_PREFIXES[kind]}_${uuid.replaceAll('-', '')}`
}

/** The UUID inside a public id, or null when the text is not an id of that kind. */
export function fromPublicId(kind: IdKind, id: string): string | null {
  const prefix = `${ID_PREFIXES[kind]}_`
  if (!id.startsWith(prefix)) return null
  const hex = id.slice(prefix.length)
  return HEX.test(hex) ? hexToUuid(hex) : null
}

/** 32 hexadecimal digits as PostgreSQL writes a UUID; those beyond are left out. */
export function hexToUuid(hex: string): string {
  const four = (at: number) => hex.slice(at, at + 4)
  return `${hex.slice(0, 8)}-${four(8)}-${four(12)}-${four(16)}-${hex.slice(20, 32)}`
}
