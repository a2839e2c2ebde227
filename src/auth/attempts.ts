import {
  type AccessContext,
  actorOf,
  call,
  pseudonymOfAddress,
  requireDone,
} from './access-context.ts'
import type { AccessRequest } from './access-request.ts'
import { pseudonymOf } from './pseudonym.ts'

/** A try that has been counted as a failure, before anybody knows. */
export interface Attempt {
  /** Takes it back. */
  forgive(): Promise<void>
  /** Leaves it counted, and writes it down. */
  fail(): Promise<void>
}

/** Ways to sign in that don't say beforehand who it is for. */
interface Unnamed {
  readonly by: 'link' | 'passkey'
}

/** One count: the numbers stand in SQL, by kind. */
interface Try {
  readonly kind: string
  readonly who: string
}

/**
 * Counts a try to sign in, or to tell a password again, by all servers together. `subject` is an
 * e-mail or a user; a link, or a passkey alone, names nobody: only the address counts those. A
 * device that the subject
 * has signed in on before has a count of its own: so strangers, who use up those of the subject, do
 * not lock it out. Refusal: `rate_limited`.
 *
 * It is counted first and taken back where it was right, because many tries at once would all be
 * let through by a look beforehand.
 */
export async function attemptSignIn(
  context: AccessContext,
  request: AccessRequest,
  subject: string | Unnamed,
  device: string | null = null,
): Promise<Attempt> {
  const network = pseudonymOfAddress(context, request.address)
  const isNamed = typeof subject === 'string'
  const who = isNamed ? pseudonymOf(context.permanent, subject) : subject.by
  const tries: Try[] = context.limitAddresses() ? [{ kind: 'sign-in:address', who: network }] : []
  if (device !== null) tries.push({ kind: 'sign-in:device', who: device })
  else if (isNamed) {
    tries.push({ kind: 'sign-in:user-network', who: `${who}:${network}` })
    tries.push({ kind: 'sign-in:user', who })
  }
  await count(context, tries, 'Too many failed attempts. Wait before you try again.')
  return {
    forgive: async () => {
      if (tries.length === 0) return
      await call(context, 'forgive_attempts', [tries.map(({ kind, who }) => `${kind}:${who}`)])
    },
    fail: async () => {
      const actor = actorOf(context, request)
      await call(context, 'sign_in_failed', [actor, request.traceId, who])
    },
  }
}

async function count(context: AccessContext, tries: readonly Try[], detail: string): Promise<void> {
  if (tries.length === 0) return
  requireDone(await call(context, 'count_tries', [JSON.stringify(tries)]), { detail })
}

/** Counts a registration: 20 an hour for each address. Refusal: `rate_limited`. */
export async function countRegistration(
  context: AccessContext,
  request: AccessRequest,
): Promise<void> {
  if (!context.limitAddresses()) return
  const who = pseudonymOfAddress(context, request.address)
  const tries = [{ kind: 'register:address', who }]
  await count(context, tries, 'Too many users were created from this address.')
}

/**
 * Counts another e-mail that a user wants: 10 an hour, because each answer tells whether somebody
 * has it. Refusal: `rate_limited`.
 */
export async function countEmailChange(context: AccessContext, userId: string): Promise<void> {
  const tries = [{ kind: 'email:user', who: pseudonymOf(context.permanent, userId) }]
  await count(context, tries, 'The e-mail address was changed too often.')
}
