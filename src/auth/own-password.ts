import { Refusal } from '../protocol/index.ts'
import { type AccessContext, ask } from './access-context.ts'
import type { AccessRequest } from './access-request.ts'
import { attemptSignIn } from './attempts.ts'
import type { Factors } from './second-factor-proof.ts'

/** Facts about the caller that checking their password again takes. */
export interface Own extends Factors {
  readonly email: string | null
  readonly name: string
  readonly passwordHash: string | null
  readonly mayReplace: boolean | null
}

/** Refusal: `unauthenticated` where they have just gone. */
export async function readOwn(
  context: AccessContext,
  userId: string,
  sessionId: string,
): Promise<Own> {
  const own = await ask<Own>(context, 'password_of', [userId, sessionId])
  if (own === null) throw new Refusal('unauthenticated')
  return own
}

/** Refusals: `credentials_wrong`, `rate_limited`, `busy`. */
export async function requirePassword(
  context: AccessContext,
  request: AccessRequest,
  userId: string,
  stored: string | null,
  password: string | undefined,
): Promise<void> {
  if (password === undefined) {
    throw new Refusal('credentials_wrong', { detail: 'Enter your current password as well.' })
  }
  // Who asks is signed in, so no crowd of strangers keeps them from it.
  const attempt = await attemptSignIn(context, request, userId, request.identity.session)
  if (!(await context.passwords.verify(stored, password, true))) {
    await attempt.fail()
    throw new Refusal('credentials_wrong', { detail: 'That is not your current password.' })
  }
  await attempt.forgive()
}
