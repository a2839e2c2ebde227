import { classify, type FailureKind, isDiskFull } from '../db/index.ts'
import { Refusal } from '../protocol/index.ts'

/** Failures in a row after which a known one is not waited out any more. */
export const KNOWN_AFTER = 2

const DETAILS: Partial<Record<FailureKind, string>> = {
  read_only: 'The database is read-only right now; nothing was done.',
  refused: 'The database takes no writes right now.',
  behind: 'The database is being upgraded.',
}

/**
 * The refusal for a failure that is known, will not pass by itself within a request, and after
 * which nothing was done; null for all others.
 */
export function knownRefusal(error: unknown): Refusal | null {
  const kind = classify(error)
  if (isDiskFull(error)) return new Refusal('storage_full', { retryAfterSeconds: 5 })
  const detail = DETAILS[kind]
  if (kind !== 'full' && detail === undefined) return null
  return new Refusal('unavailable', { ...(detail && { detail }), retryAfterSeconds: 5 })
}

/** Refuses to write while these settings are off: a crash could lose what was answered. */
export function unsafeRefusal(unsafe: readonly string[]): Refusal {
  const missing = unsafe.join(' and ')
  const detail = `The database may lose what it commits (without ${missing}); nothing was done.`
  return new Refusal('unavailable', { detail, retryAfterSeconds: 5 })
}
