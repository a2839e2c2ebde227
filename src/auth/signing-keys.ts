import { randomBytes } from 'node:crypto'
import type { Database } from '../db/index.ts'
import type { DatabaseClock } from './database-clock.ts'

/** A key that signs access tokens. */
export interface SigningKey {
  readonly kid: string
  readonly secret: Uint8Array
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

interface Answer {
  readonly now: number
  readonly keys: readonly { kid: string; secret: string; createdAt: number }[]
}

const LIFE_MS = 30 * 86_400_000
/** Longer than a token lives, by more than servers' clocks can differ. */
const KEEP = '1 hour'
/** A flood of tokens with made-up key ids must not become a flood of queries. */
const LOOK_AGAIN_MS = 1_000

/** The signing keys of all servers, as the database has them. */
export class SigningKeys {
  readonly #database: Database
  readonly #clock: DatabaseClock
  #keys: readonly SigningKey[] = []
  #lookedAt = Number.NEGATIVE_INFINITY
  #looking: Promise<void> | null = null

  constructor(database: Database, clock: DatabaseClock) {
    this.#database = database
    this.#clock = clock
  }

  /** The newest one, or a new one where that is older than 30 days. */
  async current(): Promise<SigningKey> {
    const newest = this.#keys[0]
    if (newest && this.#clock.now() - newest.createdAt < LIFE_MS) return newest
    await this.#look()
    const key = this.#keys[0]
    if (key === undefined) throw new Error('the database gave no signing key')
    return key
  }

  /** The one of that id, also when another server made it just now; null where there is none. */
  async find(kid: string): Promise<SigningKey | null> {
    const known = this.#known(kid)
    if (known !== null) return known
    if (performance.now() - this.#lookedAt >= LOOK_AGAIN_MS || this.#looking) await this.#look()
    return this.#known(kid)
  }

  #known(kid: string): SigningKey | null {
    return this.#keys.find((key) => key.kid === kid) ?? null
  }

  #look(): Promise<void> {
    this.#looking ??= this.#read().finally(() => {
      this.#looking = null
    })
    return this.#looking
  }

  async #read(): Promise<void> {
    const [row] = await this.#database.read<{ answer: Answer }>(
      'select rowlock.signing_keys_of($1, $2, $3, $4) as answer',
      [randomBytes(8).toString('hex'), randomBytes(32), `${LIFE_MS} milliseconds`, KEEP],
    )
    if (row === undefined) throw new Error('the database gave no signing keys')
    this.#lookedAt = performance.now()
    this.#clock.set(row.answer.now)
    this.#keys = row.answer.keys.map(({ kid, secret, createdAt }) => {
      return { kid, secret: new Uint8Array(Buffer.from(secret, 'hex')), createdAt }
    })
  }
}
