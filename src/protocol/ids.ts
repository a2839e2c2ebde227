/** The kinds of things that have an identifier of their own, and its prefix on the wire. */
export const ID_PREFIXES = {
  venue: 'venue',
  plan: 'plan',
  hold: 'hold',
  booking: 'book',
  block: 'block',
  user: 'user',
  session: 'session',
  key: 'key',
  webhook: 'webhook',
} as const

export type IdKind = keyof typeof ID_PREFIXES

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const HEX = /^[0-9a-f]{32}$/

/** A new identifier: 122 random bits, so that knowing one hold tells nothing about another. */
export function newUuid(): string {
  return globalThis.crypto.randomUUID()
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
  if (!HEX.test(hex)) return null
  const uuid = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
  return UUID.test(uuid) ? uuid : null
}
