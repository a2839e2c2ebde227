import { type Answer, badCursor, identifyWrite } from '../calls/index.ts'
import {
  type ChangedUser,
  type ChangeUserBody,
  type CreateUserBody,
  fromPublicId,
  LIMITS,
  type ListUsersQuery,
  newUuid,
  Refusal,
  type SignInLink,
  toPublicId,
  type User,
  type UserList,
} from '../protocol/index.ts'
import {
  type AccessAnswer,
  type AccessContext,
  actorOf,
  answerOf,
  ask,
  call,
  requireDone,
  toInstant,
  writeOf,
} from './access-context.ts'
import type { AccessRequest } from './access-request.ts'
import { attemptSignIn, countRegistration } from './attempts.ts'
import { emailKey } from './email-key.ts'
import { requireStrength } from './password-strength.ts'
import { hashOf, newToken, tokenOf } from './secret-tokens.ts'
import { readUser, toUser, type UserRow, userIdOf } from './stored-users.ts'

/**
 * Creates a user. Refusals: `invalid_request` (no password, and no operator), `forbidden` (another
 * role), `registration_closed`, `password_weak`, `rate_limited`, `email_taken`.
 */
export async function createUser(
  context: AccessContext,
  request: AccessRequest,
  body: CreateUserBody,
): Promise<Answer<User>> {
  const { password, ...person } = body
  requireMayCreate(context, request, body)
  if (password !== undefined) await requireStrength(password, body.email, body.name)
  if (!isStaff(request)) await countRegistration(context, request)
  // Not even a hash of the password is kept for retries: a fast one could be guessed from.
  const { requestId, fingerprint } = identifyWrite(writeOf(request), 'createUser', [], person)
  const passwordHash = password === undefined ? null : await context.passwords.hash(password)
  const answer = await call<AccessAnswer & { userId: string }>(context, 'create_user', [
    requestId,
    fingerprint,
    actorOf(context, request),
    request.traceId,
    JSON.stringify({
      ...person,
      userId: newUuid(),
      emailKey: emailKey(body.email),
      role: body.role ?? 'user',
      passwordHash,
      verified: isStaff(request),
    }),
  ])
  requireDone(answer)
  if (answer.replayed) await requireSamePassword(context, request, body)
  const value = await readUser(context, answer.userId)
  return answerOf(answer, value)
}

function requireMayCreate(
  context: AccessContext,
  request: AccessRequest,
  { password, role = 'user' }: CreateUserBody,
): void {
  const isOperator = request.identity.role === 'operator'
  if (password === undefined && !isOperator) {
    const message = 'is required'
    throw new Refusal('invalid_request', {
      detail: `password: ${message}.`,
      mistakes: [{ path: 'password', message }],
    })
  }
  if (role !== 'user' && !isOperator) {
    throw new Refusal('forbidden', { detail: 'Only an operator can create staff.' })
  }
  if (context.registration === 'closed' && !isStaff(request)) {
    throw new Refusal('registration_closed')
  }
}

function isStaff({ identity }: AccessRequest): boolean {
  return identity.role === 'operator' || identity.role === 'box_office'
}

/**
 * Refuses the same key with another password: that is another request, and a try to find the
 * password out.
 */
async function requireSamePassword(
  context: AccessContext,
  request: AccessRequest,
  { email, password }: CreateUserBody,
): Promise<void> {
  if (password === undefined) return
  const key = emailKey(email)
  const attempt = await attemptSignIn(context, request, key)
  const stored = await ask<{ passwordHash: string | null }>(context, 'credentials_of', [key])
  if (stored === null || (await context.passwords.verify(stored.passwordHash, password))) {
    await attempt.forgive()
    return
  }
  await attempt.fail()
  throw new Refusal('idempotency_key_reused')
}

/** Gives one user. Refusal: `user_unknown`. */
export async function getUser(
  context: AccessContext,
  _request: AccessRequest,
  user: string,
): Promise<User> {
  return readUser(context, userIdOf(user))
}

/** Users in the order of their ids; the cursor is the last id of the page before. */
export async function listUsers(
  context: AccessContext,
  _request: AccessRequest,
  query: ListUsersQuery,
): Promise<UserList> {
  const after = query.cursor === undefined ? null : fromPublicId('user', query.cursor)
  if (query.cursor !== undefined && after === null) throw badCursor()
  const rows =
    (await ask<UserRow[]>(context, 'users_of', [
      after,
      query.email === undefined ? null : emailKey(query.email),
      query.role ?? null,
      query.limit + 1,
    ])) ?? []
  const items = rows.slice(0, query.limit).map(toUser)
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null }
}

/** Answer of the function that changes a user. */
type UserAnswer = AccessAnswer & { readonly linkExpiresAt?: number }

/** Has a change done with a proof of the second factor, as the database takes it; null for none. */
export type Proving = (change: (proof: string | null) => Promise<UserAnswer>) => Promise<UserAnswer>

/**
 * Changes a user. A role under an e-mail that nobody has proven clears the password, and the answer
 * has a link instead: whoever registered it may not be who is meant. Refusals: `user_unknown`,
 * `last_operator`, `email_taken`.
 */
export async function changeUser(
  context: AccessContext,
  request: AccessRequest,
  user: string,
  body: ChangeUserBody,
  action: 'changeUser' | 'changeMe' = 'changeUser',
  prove: Proving = (change) => change(null),
): Promise<Answer<ChangedUser>> {
  const userId = userIdOf(user)
  const { requestId, fingerprint } = identifyWrite(writeOf(request), action, [user], body)
  const token = linkToken(context, request)
  const changes = {
    ...body,
    ...(body.role !== undefined && { linkHash: hashOf(token).toString('hex') }),
    ...(body.email !== undefined && { emailKey: emailKey(body.email) }),
  }
  const answer = await prove((proof) =>
    call<UserAnswer>(context, 'change_user', [
      actorOf(context, request),
      request.traceId,
      action,
      userId,
      JSON.stringify(changes),
      requestId,
      fingerprint,
      proof,
    ]),
  )
  context.recent.forget()
  requireDone(answer)
  const { linkExpiresAt } = answer
  const signInLink =
    linkExpiresAt === undefined ? null : linkOf(userId, token, toInstant(linkExpiresAt))
  const value = { ...(await readUser(context, userId)), signInLink }
  return answerOf(answer, value)
}

/** Repeats the same link for a request whose key nobody can guess; makes a new one otherwise. */
function linkToken(context: AccessContext, request: AccessRequest): string {
  const { idempotencyKey } = request
  const isGuessable = (idempotencyKey ?? '').length < LIMITS.idempotencyKeyLengthMinAnonymous
  if (isGuessable) return newToken()
  return tokenOf(context.permanent, request, 'changeUser').toString('base64url')
}

/** A link that signs a user in once, within half an hour. Refusal: `user_unknown`. */
export async function createSignInLink(
  context: AccessContext,
  request: AccessRequest,
  user: string,
): Promise<Answer<SignInLink>> {
  const userId = userIdOf(user)
  const token = tokenOf(context.permanent, request, 'createSignInLink').toString('base64url')
  const { requestId, fingerprint } = identifyWrite(writeOf(request), 'createSignInLink', [user], {})
  const answer = await call<AccessAnswer & { expiresAt: number }>(context, 'create_sign_in_link', [
    requestId,
    fingerprint,
    actorOf(context, request),
    request.traceId,
    userId,
    hashOf(token),
  ])
  requireDone(answer)
  const value = linkOf(userId, token, toInstant(answer.expiresAt))
  return answerOf(answer, value)
}

function linkOf(userId: string, token: string, expiresAt: string): SignInLink {
  return { user: toPublicId('user', userId), token, path: signInPath(token), expiresAt }
}

/** Path that follows the address of the dashboard: what is behind the hash is sent to no server. */
export function signInPath(token: string): string {
  return `/#link=${token}`
}
