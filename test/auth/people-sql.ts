import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { newUuid } from '../../src/protocol/index.ts'

/** Answer of a function about people: its outcome, and what belongs to it. */
export interface SqlAnswer {
  readonly code: string
  readonly ended?: number
  readonly hasCodes?: boolean
  readonly passkeyId?: string
  readonly sessionId?: string
}

/** Somebody who is signed in by password, and the session that asks. */
export interface SqlPerson {
  readonly userId: string
  readonly sessionId: string
}

/** Signature of a passkey as a server tells of it, which has checked the signature. */
export interface SqlSigned {
  readonly challengeHash: string
  readonly counter: number
  readonly isVerified: boolean
}

const PASSWORD_HASH = 'a hash'
const HASH_BYTES = 32

/** Random bytes, in hexadecimal. */
export function newHash(): string {
  return randomBytes(HASH_BYTES).toString('hex')
}

function bytes(hex: string): Buffer {
  return Buffer.from(hex, 'hex')
}

function newCodes(): Buffer[] {
  return Array.from({ length: 10 }, () => bytes(newHash()))
}

/** Makes up what a server does for a session that begins; sent again, it is the same session. */
export function beginning(sessionId: string) {
  return { sessionId, refreshHash: newHash(), accessHash: newHash() }
}

/**
 * Asks the database about people what servers ask, on one connection and without anything that they
 * check before: what is refused here is refused by SQL.
 */
export class PeopleSql {
  readonly #client: pg.ClientBase

  constructor(client: pg.ClientBase) {
    this.#client = client
  }

  /** Calls a function, with what it is given in this order. */
  async call<Answer>(name: string, ...values: readonly unknown[]): Promise<Answer> {
    const marks = values.map((_, index) => `$${index + 1}`)
    const text = `select rowlock.${name}(${marks.join(', ')}) as answer`
    const { rows } = await this.#client.query<{ answer: Answer }>(text, [...values])
    return rows[0]?.answer as Answer
  }

  #ask(name: string, ...values: readonly unknown[]): Promise<SqlAnswer> {
    return this.call<SqlAnswer>(name, ...values)
  }

  async person(): Promise<SqlPerson> {
    const userId = newUuid()
    const email = `${userId}@example.org`
    const user = { userId, name: 'Ada', email, emailKey: email, role: 'user' }
    const whole = { ...user, passwordHash: PASSWORD_HASH }
    await this.#ask('create_user', newUuid(), newUuid(), 'test', null, whole)
    const { sessionId = '' } = await this.signIn(userId)
    return { userId, sessionId }
  }

  /** Signs in after the password was found right. */
  async signIn(userId: string, proof: object | null = null) {
    const session = beginning(newUuid())
    const values = [null, userId, PASSWORD_HASH, null, proof, session]
    const answer = await this.#ask('create_session', ...values)
    return { ...answer, refreshHash: session.refreshHash }
  }

  /** A link that nobody has used yet. */
  async link({ userId }: SqlPerson): Promise<string> {
    const hash = newHash()
    const request = newUuid()
    const values = [request, request, 'test', null, userId, bytes(hash)]
    await this.#ask('create_sign_in_link', ...values)
    return hash
  }

  signInByLink(link: string, proof: object | null = null): Promise<SqlAnswer> {
    return this.#ask('create_session_by_link', null, bytes(link), proof, beginning(newUuid()))
  }

  signInAlone(proof: object, begin = beginning(newUuid())): Promise<SqlAnswer> {
    return this.#ask('create_session_by_passkey', null, proof, begin)
  }

  refresh(refreshHash: string): Promise<SqlAnswer> {
    const next = [bytes(newHash()), bytes(newHash())]
    return this.#ask('refresh_session', null, null, bytes(refreshHash), ...next)
  }

  /** Tells whether a session lets somebody in. */
  async isLive(sessionId: string | undefined): Promise<boolean> {
    return 'userId' in (await this.#ask('session_of', sessionId))
  }

  /** A proof by a passkey, over a fresh challenge unless told otherwise. */
  async signed(credentialId: string, other: Partial<SqlSigned> = {}) {
    const challengeHash = other.challengeHash ?? newHash()
    if (!other.challengeHash) await this.#ask('create_passkey_challenge', bytes(challengeHash))
    return { passkey: { credentialId, counter: 0, isVerified: true, ...other, challengeHash } }
  }

  beginPasskey(
    { userId, sessionId }: SqlPerson,
    challengeHash: string,
    proof: object | null = null,
  ): Promise<SqlAnswer> {
    return this.#ask('begin_passkey', userId, sessionId, bytes(challengeHash), proof)
  }

  confirmPasskey(
    { userId, sessionId }: SqlPerson,
    challengeHash: string,
    credentialId: string,
    recoveryHashes: readonly Buffer[] = newCodes(),
  ): Promise<SqlAnswer> {
    const made = { publicKey: '00', counter: 0, host: 'tickets.example', isSynced: false }
    const passkey = { ...made, credentialId, challengeHash, passkeyId: newUuid(), name: 'Phone' }
    const values = ['test', null, userId, sessionId, passkey, recoveryHashes]
    return this.#ask('confirm_passkey', ...values)
  }

  /** Begins a passkey and makes it count. */
  async enrol(by: SqlPerson, proof: object | null = null, recoveryHashes = newCodes()) {
    const [challengeHash, credentialId] = [newHash(), newHash()]
    await this.beginPasskey(by, challengeHash, proof)
    const answer = await this.confirmPasskey(by, challengeHash, credentialId, recoveryHashes)
    return { ...answer, challengeHash, credentialId }
  }

  endPasskey(
    { userId }: SqlPerson,
    passkeyId: string | undefined,
    proof: object | null,
  ): Promise<SqlAnswer> {
    return this.#ask('end_passkey', 'test', null, userId, passkeyId, proof)
  }

  /** Begins codes of an app: the secret. */
  async beginApp({ userId }: SqlPerson, proof: object | null = null): Promise<string> {
    const secret = newHash()
    await this.#ask('begin_second_factor', userId, bytes(secret), proof)
    return secret
  }

  confirmApp({ userId, sessionId }: SqlPerson, secret: string, step = 1): Promise<SqlAnswer> {
    const values = ['test', null, userId, sessionId, bytes(secret), step, newCodes()]
    return this.#ask('confirm_second_factor', ...values)
  }

  async count(table: 'passkeys' | 'recovery_codes', { userId }: SqlPerson): Promise<number> {
    const { rows } = await this.#client.query<{ count: number }>(
      `select count(*)::int as count from rowlock.${table} where user_id = $1`,
      [userId],
    )
    return rows[0]?.count ?? 0
  }
}
