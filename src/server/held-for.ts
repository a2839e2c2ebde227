import type { Identity } from '../auth/index.ts'
import { Refusal } from '../protocol/index.ts'

/**
 * A hold or a booking with the holder that the caller may name. A user is always its own holder:
 * with another name for every call, the limit of seats per holder would be none. Refusal:
 * `forbidden`.
 */
export function heldFor<Body extends { holder?: string | undefined }>(
  { role, user }: Pick<Identity, 'role' | 'user'>,
  body: Body,
): Body {
  requireOwnName({ role, user }, body.holder)
  return role === 'user' && user !== null ? { ...body, holder: user } : body
}

/** Refuses another holder than a user itself for what it has. Refusal: `forbidden`. */
export function requireOwnName(
  { role, user }: Pick<Identity, 'role' | 'user'>,
  holder: string | null | undefined,
): void {
  if (role !== 'user' || user === null || holder === undefined || holder === user) return
  throw new Refusal('forbidden', { detail: 'A user holds and books for itself: leave holder out.' })
}
