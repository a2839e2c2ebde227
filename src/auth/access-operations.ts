// Made from src/protocol/operations by `npm run interfaces`: change it there.
import type { Answer } from '../calls/index.ts'
import type {
  ApiKey,
  ApiKeyList,
  ApiKeyWithSecret,
  AuditLog,
  BeginPasskeyBody,
  BeginSecondFactorBody,
  ChangeApiKeyBody,
  ChangedPassword,
  ChangedUser,
  ChangeMeBody,
  ChangePasswordBody,
  ChangeUserBody,
  ConfirmPasskeyBody,
  ConfirmSecondFactorBody,
  CreateApiKeyBody,
  CreateSessionBody,
  CreateUserBody,
  EndedSessions,
  ListApiKeysQuery,
  ListAuditQuery,
  ListUsersQuery,
  Me,
  NewPasskey,
  NewSecondFactor,
  PasskeyChallenge,
  PasskeyList,
  PasskeyOptions,
  RecoveryCodes,
  RefreshSessionBody,
  RemovePasskeyBody,
  RemoveSecondFactorBody,
  RotateApiKeyBody,
  Session,
  SessionList,
  SignInLink,
  User,
  UserList,
} from '../protocol/index.ts'
import type { AccessRequest } from './access-request.ts'

/** Every operation of the contract that access carries out. */
export interface AccessOperations {
  /**
   * Create a user.
   *
   * Anyone may create an account for themselves, unless registration is closed. Only an operator
   * may give a `role` other than `user`, or create a user without a password. An e-mail address
   * belongs to one user.
   *
   * Refusals: `rate_limited`, `forbidden`, `registration_closed`, `password_weak`,
   * `email_taken`.
   */
  createUser(request: AccessRequest, body: CreateUserBody): Promise<Answer<User>>

  /** List users. */
  listUsers(request: AccessRequest, query: ListUsersQuery): Promise<UserList>

  /**
   * Get a user.
   *
   * Refusals: `user_unknown`.
   */
  getUser(request: AccessRequest, user: string): Promise<User>

  /**
   * Change a user or their role.
   *
   * A new role, and disabling, end the user's sessions. If the e-mail address is unverified, a
   * role also clears the password, because the person who registered the address may not be its
   * owner. The answer then has a sign-in link for the right person.
   *
   * Refusals: `user_unknown`, `email_taken`, `last_operator`.
   */
  changeUser(
    request: AccessRequest,
    user: string,
    body: ChangeUserBody,
  ): Promise<Answer<ChangedUser>>

  /**
   * Create a one-time sign-in link.
   *
   * For people who have no password, or have forgotten it. It works once, for 30 minutes. The
   * token comes after the `#` of the address, which browsers never send.
   *
   * Refusals: `user_unknown`.
   */
  createSignInLink(request: AccessRequest, user: string): Promise<Answer<SignInLink>>

  /**
   * Sign a user out everywhere.
   *
   * Unused sign-in links end as well.
   *
   * Refusals: `user_unknown`.
   */
  endUserSessions(request: AccessRequest, user: string): Promise<EndedSessions>

  /**
   * Remove the second factor of a user.
   *
   * For someone who has lost their device and the recovery codes. Removes the app, all passkeys
   * and the recovery codes.
   *
   * Refusals: `user_unknown`, `second_factor_unknown`.
   */
  removeUserSecondFactor(request: AccessRequest, user: string): Promise<User>

  /**
   * Sign in.
   *
   * With e-mail and password, with the token of a sign-in link, or with a passkey alone, if it
   * has checked who you are (PIN, fingerprint, face). The access token is for `Authorization:
   * Bearer` and lasts `accessSeconds`; the refresh token gives the next one. With `cookies`,
   * both are cookies that no script can read, for pages of this server; the browser's previous
   * session ends.
   *
   * Refusals: `csrf_refused`, `rate_limited`, `credentials_wrong`, `second_factor_required`,
   * `passkeys_unavailable`.
   */
  createSession(request: AccessRequest, body: CreateSessionBody): Promise<Session>

  /**
   * Create a challenge for a passkey.
   *
   * What `navigator.credentials.get()` needs. Send what the passkey signs as `passkey` to
   * `createSession`, and to any operation that takes a second factor. A challenge works once,
   * for five minutes. It says nothing about who has which passkeys.
   *
   * Refusals: `passkeys_unavailable`.
   */
  createPasskeyChallenge(request: AccessRequest): Promise<PasskeyChallenge>

  /**
   * Renew a session.
   *
   * Each refresh token is good for one use, and gives you the next. Within ten seconds it gives
   * you the same one again, in case the answer got lost. If it is used later than that, we
   * assume it was stolen, and the session ends. Without a token in the body, the cookie counts,
   * and the answer comes as cookies.
   *
   * Refusals: `csrf_refused`, `session_ended`.
   */
  refreshSession(request: AccessRequest, body: RefreshSessionBody): Promise<Session>

  /** Sign out. */
  endSession(request: AccessRequest): Promise<EndedSessions>

  /** Sign out everywhere. */
  endAllSessions(request: AccessRequest): Promise<EndedSessions>

  /** Get the current caller: a user, an API key or the operator key. */
  getMe(request: AccessRequest): Promise<Me>

  /**
   * Change my name, e-mail or telephone number.
   *
   * To change the e-mail address, send the password, if there is one; and a code, a passkey or a
   * recovery code, if you have a second factor.
   *
   * Refusals: `rate_limited`, `forbidden`, `credentials_wrong`, `second_factor_required`,
   * `passkeys_unavailable`, `email_taken`.
   */
  changeMe(request: AccessRequest, body: ChangeMeBody): Promise<Answer<User>>

  /**
   * Change my password.
   *
   * Ends all other sessions, and every refresh token of this one: the answer has new tokens, or
   * sets new cookies. If you have no password yet, it sets the first one. If you have a second
   * factor, send a code, a passkey or a recovery code as well.
   *
   * Refusals: `rate_limited`, `forbidden`, `password_weak`, `credentials_wrong`,
   * `second_factor_required`, `passkeys_unavailable`.
   */
  changePassword(request: AccessRequest, body: ChangePasswordBody): Promise<ChangedPassword>

  /**
   * List my sessions.
   *
   * Where you are signed in, the most recently used first: at most 20.
   *
   * Refusals: `forbidden`.
   */
  listMySessions(request: AccessRequest): Promise<SessionList>

  /**
   * Sign out somewhere else.
   *
   * Ending a session that has ended changes nothing.
   *
   * Refusals: `forbidden`, `session_unknown`.
   */
  endMySession(request: AccessRequest, session: string): Promise<EndedSessions>

  /**
   * Set up codes of an app as a second factor.
   *
   * Returns what an authenticator app needs (TOTP, RFC 6238). It counts once you have confirmed
   * a code; until then you can begin again. If you have passkeys, send one of them, or a
   * recovery code.
   *
   * Refusals: `rate_limited`, `forbidden`, `credentials_wrong`, `second_factor_required`,
   * `passkeys_unavailable`, `second_factor_exists`.
   */
  beginSecondFactor(request: AccessRequest, body: BeginSecondFactorBody): Promise<NewSecondFactor>

  /**
   * Confirm the app with a code.
   *
   * From now on, signing in takes a code, or a passkey if you have one. Returns ten recovery
   * codes, each good for one use, which replace those you had. You see them only now. If it is
   * your first second factor, all other sessions end.
   *
   * Refusals: `rate_limited`, `forbidden`, `credentials_wrong`, `second_factor_unknown`,
   * `second_factor_exists`.
   */
  confirmSecondFactor(request: AccessRequest, body: ConfirmSecondFactorBody): Promise<RecoveryCodes>

  /**
   * Remove the app.
   *
   * With the password, and a code, a passkey or a recovery code. If you have no passkey, the
   * recovery codes are removed as well, and the password alone signs you in.
   *
   * Refusals: `rate_limited`, `forbidden`, `credentials_wrong`, `second_factor_required`,
   * `passkeys_unavailable`, `second_factor_unknown`.
   */
  removeSecondFactor(request: AccessRequest, body: RemoveSecondFactorBody): Promise<User>

  /**
   * List my passkeys.
   *
   * The oldest first: at most 10.
   *
   * Refusals: `forbidden`.
   */
  listMyPasskeys(request: AccessRequest): Promise<PasskeyList>

  /**
   * Set up a passkey.
   *
   * What `navigator.credentials.create()` needs, for five minutes and this session. A passkey is
   * a second factor for your password, or signs you in on its own. If you already have a second
   * factor, prove it.
   *
   * Refusals: `rate_limited`, `forbidden`, `credentials_wrong`, `second_factor_required`,
   * `passkeys_unavailable`, `too_many_passkeys`.
   */
  beginPasskey(request: AccessRequest, body: BeginPasskeyBody): Promise<PasskeyOptions>

  /**
   * Confirm the passkey that the browser made.
   *
   * It counts from now on. If it is your first second factor, all other sessions end, and the
   * answer has ten recovery codes, each good for one use. You see them only now.
   *
   * Refusals: `forbidden`, `passkeys_unavailable`, `passkey_invalid`, `passkey_exists`,
   * `too_many_passkeys`.
   */
  confirmPasskey(request: AccessRequest, body: ConfirmPasskeyBody): Promise<NewPasskey>

  /**
   * Remove a passkey.
   *
   * With the password, and a passkey (this one or another), a code or a recovery code. If it was
   * your last second factor, the recovery codes are removed as well, and the password alone
   * signs you in.
   *
   * Refusals: `rate_limited`, `forbidden`, `credentials_wrong`, `second_factor_required`,
   * `passkeys_unavailable`, `passkey_unknown`.
   */
  removePasskey(request: AccessRequest, passkey: string, body: RemovePasskeyBody): Promise<User>

  /**
   * Create an API key.
   *
   * For a partner system: what it may do (`scopes`), and for which shows (all, if you leave out
   * `shows`). You see the `secret` only in this answer: we keep only its hash.
   */
  createApiKey(request: AccessRequest, body: CreateApiKeyBody): Promise<Answer<ApiKeyWithSecret>>

  /** List API keys. */
  listApiKeys(request: AccessRequest, query: ListApiKeysQuery): Promise<ApiKeyList>

  /**
   * Get an API key.
   *
   * What it may do, when it was last used, and how its secrets begin.
   *
   * Refusals: `key_unknown`.
   */
  getApiKey(request: AccessRequest, key: string): Promise<ApiKey>

  /**
   * Rename an API key.
   *
   * Its scopes and shows stay as they are: if a partner needs more, create another key and
   * revoke this one. Repeating the call has the same effect.
   *
   * Refusals: `key_unknown`.
   */
  changeApiKey(request: AccessRequest, key: string, body: ChangeApiKeyBody): Promise<ApiKey>

  /**
   * Rotate the secret of an API key.
   *
   * Existing secrets keep working for `overlapSeconds` (a day by default), so that the partner
   * can switch without a gap.
   *
   * Refusals: `key_unknown`.
   */
  rotateApiKey(
    request: AccessRequest,
    key: string,
    body: RotateApiKeyBody,
  ): Promise<Answer<ApiKeyWithSecret>>

  /**
   * Revoke an API key and all its secrets.
   *
   * At once on the server you call, within 5 seconds on all others.
   *
   * Refusals: `key_unknown`.
   */
  revokeApiKey(request: AccessRequest, key: string): Promise<ApiKey>

  /**
   * List administrative acts, newest first.
   *
   * Who did what to whom. The log is append-only. `action` is the name of an operation, or
   * `bootstrap`, `refresh_reused`, `sign_in_failed`.
   */
  listAudit(request: AccessRequest, query: ListAuditQuery): Promise<AuditLog>
}
