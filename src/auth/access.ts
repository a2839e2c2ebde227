import type { User } from '../protocol/index.ts'
import type { AccessOperations } from './access-operations.ts'
import type { Identity } from './identity.ts'

/** Credentials of a request. The header counts before the cookie. */
export interface Credentials {
  readonly authorization?: string | undefined
  /** The access token that came as a cookie. */
  readonly cookie?: string | undefined
  readonly address: string
}

/** Credentials of the first operator. */
export interface FirstSignIn {
  readonly token: string
  readonly path: string
}

/**
 * People, sessions, API keys and the audit log, without HTTP. Made by `openAccess`. Operations
 * throw `Refusal`; whether the caller may ask at all is the policy's to say, beforehand.
 */
export interface Access extends AccessOperations {
  /**
   * Finds out who sent a request: without credentials the anonymous shopper. A value for it and for
   * the operator key, a promise where the database may have to be asked. Refusal:
   * `unauthenticated`.
   */
  identify(credentials: Credentials): Identity | Promise<Identity>
  /**
   * Tells whether credentials were made here, or were good before. Then they are looked up whatever
   * others of their address have tried, and where they have ended that is nobody's failure.
   */
  isFamiliar(credentials: Credentials): boolean
  /** Makes the mark by which a browser is known in which this user has signed in. */
  deviceOf(user: User): string
  /** 12 hexadecimal digits that stand for an address, the same on all servers of a database. */
  pseudonymOf(address: string): string

  /**
   * Makes the first operator where there is none, and a one-time link for it as long as no operator
   * can sign in with e-mail and password. Null when one can.
   */
  bootstrap(): Promise<FirstSignIn | null>
  /**
   * Deletes sessions, links and counts that ended so long ago; says how many rows went. Only the
   * owner of the database may.
   */
  prune(keepSeconds: number): Promise<number>
  /** Deletes old entries of the audit log; 90 days stay at least. */
  pruneAudit(keepSeconds: number): Promise<number>
  /** Forgets who was looked up lately: the clock by which sessions and keys end was moved. */
  forget(): void
  /** Waits for what is under way. The database stays open. */
  close(): Promise<void>
}
