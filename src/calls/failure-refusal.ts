import { classify, type FailureKind, isDiskFull } from '../db/index.ts'
import { Refusal } from '../protocol/index.ts'

/** Failures in a row after which a known one is not waited out any more. */
export const KNOWN_AFTER = 2

/**
 * The refusal for a failure that is known, will not pass by itself within a request, and after
 * which nothing was done; null for all others.
 */
export function knownRefusal(error: unknown): Refusal | null {
  const kind = classify(error)
  if (isDiskFull(error)) return new Refusal('storage_full', { retryAfterSeconds: 5 })
  if (kind !== 'full' && kind !== 'refused' && kind !== 'behind') return null
  const detail = DETAILS[kind]
  return new Refusal('unavailable', { ...(detail && { detail }), retryAfterSeconds: 5 })
}

const DETAILS: Readonly<Partial<Record<FailureKind, string>>> = {
  refused: 'The database takes no writes just now.',
  behind: 'The database is being upgraded.',
}

/** While these settings are off, a crash could lose what is answered, so nothing is written. */
export function unsafeRefusal(unsafe: readonly string[]): Refusal {
  const off = unsafe.join(' and ')
  const detail = `The database may lose what it commits (${off} is off); nothing was done.`
  return new Refusal('unavailable', { detail, retryAfterSeconds: 5 })
}
