import type { Answer } from '../calls/index.ts'
import {
  type ChangedPassword,
  type ChangeMeBody,
  type ChangePasswordBody,
  type ChangeUserBody,
  fromPublicId,
  type Me,
  type User,
} from '../protocol/index.ts'
import { type AccessContext, actorOf, ask, call, toInstant } from './access-context.ts'
import type { AccessRequest } from './access-request.ts'
import { readApiKey } from './api-keys.ts'
import { countEmailChange } from './attempts.ts'
import { emailKey } from './email-key.ts'
import { readOwn, requirePassword } from './own-password.ts'
import { requireStrength } from './password-strength.ts'
import { type Proof, type SentProof, toAsked, withProof } from './second-factor-proof.ts'
import { hashOf, newPair } from './secret-tokens.ts'
import { type PairAnswer, personOf, toSession } from './sessions.ts'
import { readUser } from './stored-users.ts'
import { changeUser, type Proving } from './users.ts'

/** Describes the caller. */
export async function getMe(context: AccessContext, { identity }: AccessRequest): Promise<Me> {
  const userId = fromPublicId('user', identity.user ?? '')
  const keyId = fromPublicId('key', identity.key ?? '')
  const sessionId = fromPublicId('session', identity.session ?? '')
  // One after the other: a request has one connection at a time, or its caller's share is twice
  // what it should be.
  const user = userId === null ? null : await readUser(context, userId)
  const key = keyId === null ? null : await readApiKey(context, keyId)
  const session =
    sessionId === null
      ? null
      : await ask<{ expiresAt?: number }>(context, 'session_of', [sessionId])
  const { role, caller } = identity
  const isLive = identity.session !== null && session?.expiresAt !== undefined
  return {
    role,
    actor: caller.actor,
    user,
    key,
    session: isLive
      ? { id: identity.session, expiresAt: toInstant(session.expiresAt as number) }
      : null,
  }
}

/**
 * Changes what a person says of themselves. Another e-mail takes password and second factor.
 * Refusals: `rate_limited`, `credentials_wrong`, `second_factor_required`, `passkeys_unavailable`,
 * `email_taken`.
 */
export async function changeMe(
  context: AccessContext,
  request: AccessRequest,
  { password, code, passkey, ...named }: ChangeMeBody,
): Promise<Answer<User>> {
  const person = personOf(request)
  const changes = Object.fromEntries(
    Object.entries(named).filter(([, value]) => value !== undefined),
  ) as ChangeUserBody
  const proving =
    changes.email !== undefined
      ? await provingEmail(context, request, person, changes.email, { password, code, passkey })
      : undefined
  const user = request.identity.user ?? ''
  const answer = await changeUser(context, request, user, changes, 'changeMe', proving)
  const { signInLink: _, ...value } = answer.value
  return { ...answer, value }
}

/**
 * Asks who changes their e-mail address for the password, and has the change done with a proof of
 * their second factor; neither where it is their address already.
 */
async function provingEmail(
  context: AccessContext,
  request: AccessRequest,
  { userId, sessionId }: ReturnType<typeof personOf>,
  email: string,
  { password, ...sent }: SentProof & { readonly password?: string | undefined },
): Promise<Proving | undefined> {
  const own = await readOwn(context, userId, sessionId)
  if (own.email !== null && emailKey(own.email) === emailKey(email)) return undefined
  if (own.passwordHash !== null) {
    await requirePassword(context, request, userId, own.passwordHash, password)
  }
  return (change) =>
    withProof(context, request, userId, own, sent, async (proof) => {
      await countEmailChange(context, userId)
      return change(toAsked(proof))
    })
}

/**
 * Sets a password, ends all other sessions, and gives this one a new pair of tokens: whoever has
 * stolen an old one is out. Who has one tells it; but a session that began by a link may replace a
 * password that is older than itself, or a lost one could never be replaced. A second factor has to
 * be proven in either case. Refusals: `password_weak`, `rate_limited`, `credentials_wrong`,
 * `second_factor_required`, `passkeys_unavailable`.
 */
export async function changePassword(
  context: AccessContext,
  request: AccessRequest,
  { current, password, ...sent }: ChangePasswordBody,
): Promise<ChangedPassword> {
  const { userId, sessionId } = personOf(request)
  const own = await readOwn(context, userId, sessionId)
  await requireStrength(password, own.email, own.name)
  const isByLink = current === undefined && own.mayReplace === true
  if (own.passwordHash !== null && !isByLink) {
    await requirePassword(context, request, userId, own.passwordHash, current)
  }
  const pair = newPair(context.permanent)
  const change = async (proof: Proof | null) =>
    call<PairAnswer & { ended: number }>(context, 'change_password', [
      actorOf(context, request),
      request.traceId,
      userId,
      sessionId,
      own.passwordHash,
      await context.passwords.hash(password, true),
      request.identity.accessHash,
      hashOf(pair.refreshToken),
      hashOf(pair.accessToken),
      toAsked(proof),
    ])
  const answer = await withProof(context, request, userId, own, sent, change)
  context.recent.forget()
  return { ended: answer.ended, session: await toSession(context, answer, pair) }
}
