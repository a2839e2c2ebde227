import type { Answer } from '../calls/index.ts'
import type {
  ApiKey,
  ApiKeyList,
  ApiKeyWithSecret,
  AuditLog,
  ChangeMeBody,
  ChangePasswordBody,
  ChangeUserBody,
  CreateApiKeyBody,
  CreateSessionBody,
  CreateUserBody,
  EndedSessions,
  ListApiKeysQuery,
  ListAuditQuery,
  ListUsersQuery,
  Me,
  RefreshSessionBody,
  RotateApiKeyBody,
  Session,
  SignInLink,
  User,
  UserList,
} from '../protocol/index.ts'
import type { Identity } from './identity.ts'

/** What a request brings along to say who sent it. The header counts before the cookie. */
export interface Credentials {
  readonly authorization?: string | undefined
  /** The value of the cookie `rowlock_access`. */
  readonly cookie?: string | undefined
  readonly address: string
}

/** What accompanies every operation. */
export interface AccessRequest {
  readonly identity: Identity
  readonly address: string
  /** Names the request in the audit log: its `X-Request-Id`. */
  readonly traceId: string | null
  /** The client's own key, or null: then a repeat is another request. */
  readonly idempotencyKey: string | null
}

/** What a first operator signs in with. */
export interface FirstSignIn {
  readonly token: string
  readonly path: string
}

/**
 * People, sessions, API keys and the audit log, without HTTP. Made by `openAccess`. Operations
 * throw `Refusal`; whether the caller may ask at all is the policy's to say, beforehand.
 */
export interface Access {
  /**
   * Who sent this: without credentials the anonymous shopper. A value for it and for the operator
   * key, a promise where the database may have to be asked. Refusal: `unauthenticated`.
   */
  identify(credentials: Credentials): Identity | Promise<Identity>
  /** 12 hexadecimal digits that stand for an address, the same on all servers of a database. */
  pseudonymOf(address: string): string

  createUser(request: AccessRequest, body: CreateUserBody): Promise<Answer<User>>
  listUsers(request: AccessRequest, query: ListUsersQuery): Promise<UserList>
  getUser(request: AccessRequest, user: string): Promise<User>
  changeUser(request: AccessRequest, user: string, body: ChangeUserBody): Promise<Answer<User>>
  createSignInLink(request: AccessRequest, user: string): Promise<SignInLink>

  /** Always with both tokens: who sends them as cookies takes them out of the answer. */
  createSession(request: AccessRequest, body: CreateSessionBody): Promise<Session>
  refreshSession(request: AccessRequest, body: RefreshSessionBody): Promise<Session>
  endSession(request: AccessRequest): Promise<EndedSessions>
  endAllSessions(request: AccessRequest): Promise<EndedSessions>

  getMe(request: AccessRequest): Promise<Me>
  changeMe(request: AccessRequest, body: ChangeMeBody): Promise<Answer<User>>
  changePassword(request: AccessRequest, body: ChangePasswordBody): Promise<EndedSessions>

  createApiKey(request: AccessRequest, body: CreateApiKeyBody): Promise<ApiKeyWithSecret>
  listApiKeys(request: AccessRequest, query: ListApiKeysQuery): Promise<ApiKeyList>
  rotateApiKey(
    request: AccessRequest,
    key: string,
    body: RotateApiKeyBody,
  ): Promise<ApiKeyWithSecret>
  revokeApiKey(request: AccessRequest, key: string): Promise<ApiKey>

  listAudit(request: AccessRequest, query: ListAuditQuery): Promise<AuditLog>

  /**
   * Makes the first operator where there is none, and a one-time link for it as long as no operator
   * can sign in with e-mail and password. Null when one can.
   */
  bootstrap(): Promise<FirstSignIn | null>
  /** Deletes sessions, links and counts that ended so long ago; says how many rows went. */
  prune(keepSeconds: number): Promise<number>
  /** Waits for what is under way. The database stays open. */
  close(): Promise<void>
}
