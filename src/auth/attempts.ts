import {
  type AccessContext,
  actorOf,
  call,
  pseudonymOfAddress,
  requireDone,
} from './access-context.ts'
import type { AccessRequest } from './access-request.ts'
import { pseudonymOf } from './pseudonym.ts'

const SIGN_IN_SECONDS = 15 * 60
const FAILURES_PER_USER_MAX = 10
const FAILURES_PER_ADDRESS_MAX = 30
const REGISTRATION_SECONDS = 3_600
const REGISTRATIONS_PER_ADDRESS_MAX = 20
const EMAILS_PER_USER_MAX = 10

/** A try that has been counted as a failure, before anybody knows. */
export interface Attempt {
  /** Takes it back. */
  forgive(): Promise<void>
  /** Leaves it counted, and writes it down. */
  fail(): Promise<void>
}

/**
 * Counts a try to sign in, or to tell a password again, by all servers together: 10 failures in 15
 * minutes for each e-mail or user, 30 for each address. `subject` is null for a link, which only
 * the address counts for. Refusal: `rate_limited`.
 *
 * It is counted first and taken back where it was right, because many tries at once would all be
 * let through by a look beforehand.
 */
export async function attemptSignIn(
  context: AccessContext,
  request: AccessRequest,
  subject: string | null,
): Promise<Attempt> {
  const address = `sign-in:address:${pseudonymOfAddress(context, request.address)}`
  const who = subject === null ? 'link' : pseudonymOf(context.permanent, subject)
  const user = `sign-in:user:${who}`
  const seconds = SIGN_IN_SECONDS
  const addressMax = context.limitAddresses() ? FAILURES_PER_ADDRESS_MAX : null
  const attempts = [{ bucket: address, max: addressMax, seconds }]
  if (subject !== null) attempts.push({ bucket: user, max: FAILURES_PER_USER_MAX, seconds })
  requireDone(await call(context, 'count_attempts', [JSON.stringify(attempts)]), TOO_MANY)
  const buckets = attempts.map(({ bucket }) => bucket)
  return {
    forgive: async () => {
      await call(context, 'forgive_attempts', [buckets])
    },
    fail: async () => {
      const actor = actorOf(context, request)
      await call(context, 'sign_in_failed', [actor, request.traceId, who])
    },
  }
}

const TOO_MANY = { detail: 'Too many wrong tries. Wait before the next one.' }

/** Counts a registration: 20 an hour for each address. Refusal: `rate_limited`. */
export async function countRegistration(
  context: AccessContext,
  request: AccessRequest,
): Promise<void> {
  if (!context.limitAddresses()) return
  const attempt = {
    bucket: `register:address:${pseudonymOfAddress(context, request.address)}`,
    max: REGISTRATIONS_PER_ADDRESS_MAX,
    seconds: REGISTRATION_SECONDS,
  }
  requireDone(await call(context, 'count_attempts', [JSON.stringify([attempt])]), {
    detail: 'Too many users were created from this address.',
  })
}

/**
 * Counts another e-mail that a user wants: 10 an hour, because each answer tells whether somebody
 * has it. Refusal: `rate_limited`.
 */
export async function countEmailChange(context: AccessContext, userId: string): Promise<void> {
  const attempt = {
    bucket: `email:user:${pseudonymOf(context.permanent, userId)}`,
    max: EMAILS_PER_USER_MAX,
    seconds: REGISTRATION_SECONDS,
  }
  requireDone(await call(context, 'count_attempts', [JSON.stringify([attempt])]), {
    detail: 'The e-mail address was changed too often.',
  })
}
