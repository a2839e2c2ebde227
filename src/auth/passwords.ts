// The whole module, because an older Node would end at a name that it does not have, before anybody
// could say which Node is needed.
import crypto, { randomBytes, timingSafeEqual } from 'node:crypto'
import { LIMITS, Refusal } from '../protocol/index.ts'

/** Memory in KiB, passes over it, lanes: OWASP's second choice for argon2id, equal to its first. */
interface Cost {
  readonly m: number
  readonly t: number
  readonly p: number
}

const COST: Cost = { m: 19_456, t: 2, p: 1 }
const HASH_BYTES = 32
const SALT_BYTES = 16
/** Each takes a thread of four that files and names need too, and 19 MiB. */
const AT_ONCE_MAX = 3
/** Beyond these a flood of sign-ins is told to come back: some 30 ms each. */
const WAITING_MAX = 100
const WAIT_MS_MAX = LIMITS.deadlineMs / 2

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/** Nobody's: a made-up tag costs as much to compare with as a real one. */
const DECOY =
  `$argon2id$v=19$m=${COST.m},t=${COST.t},p=${COST.p}$` +
  `${base64(randomBytes(SALT_BYTES))}$${base64(randomBytes(HASH_BYTES))}`

/** Told of every hash that is computed, so that tests can count what cannot be timed. */
export type OnHash = () => void

/**
 * Hashes passwords with argon2id, a bounded number at once. Who is known (signed in, or on a device
 * that was before) waits in a queue of their own, which goes first: a crowd of strangers is in
 * their way no longer than one hash takes. Every method may refuse with `busy`.
 */
export class Passwords {
  readonly #onHash: OnHash
  readonly #known: (() => void)[] = []
  readonly #strangers: (() => void)[] = []
  #running = 0

  constructor(onHash: OnHash = () => {}) {
    this.#onHash = onHash
  }

  /** The PHC string of a password. */
  async hash(password: string, isKnown = false): Promise<string> {
    const salt = randomBytes(SALT_BYTES)
    const tag = await this.#derive(password, salt, COST, HASH_BYTES, isKnown)
    return `$argon2id$v=19$m=${COST.m},t=${COST.t},p=${COST.p}$${base64(salt)}$${base64(tag)}`
  }

  /**
   * Tells whether it is the password. Without a hash the answer is no, after the same work: so the
   * time does not tell whether there is such a user, nor whether they have a password.
   */
  async verify(stored: string | null, password: string, isKnown = false): Promise<boolean> {
    const match = PHC.exec(stored ?? DECOY)
    if (match === null) throw new Error('a stored password hash cannot be read')
    const [, m, t, p, salt = '', tag = ''] = match
    const expected = Buffer.from(tag, 'base64')
    const cost = { m: Number(m), t: Number(t), p: Number(p) }
    const nonce = Buffer.from(salt, 'base64')
    const found = await this.#derive(password, nonce, cost, expected.length, isKnown)
    return timingSafeEqual(found, expected) && stored !== null
  }

  /** Tells whether it was hashed with other parameters than new ones are. */
  isOutdated(stored: string): boolean {
    return !stored.startsWith(`$argon2id$v=19$m=${COST.m},t=${COST.t},p=${COST.p}$`)
  }

  async #derive(
    password: string,
    nonce: Buffer,
    cost: Cost,
    tagLength: number,
    isKnown: boolean,
  ): Promise<Buffer> {
    await this.#enter(isKnown ? this.#known : this.#strangers)
    try {
      this.#onHash()
      return await derive(password.normalize('NFKC'), nonce, cost, tagLength)
    } finally {
      const next = this.#known.shift() ?? this.#strangers.shift()
      // Whoever waits takes over the place, so that nobody slips in between.
      if (next) next()
      else this.#running -= 1
    }
  }

  async #enter(queue: (() => void)[]): Promise<void> {
    if (this.#running < AT_ONCE_MAX) {
      this.#running += 1
      return
    }
    if (queue.length >= WAITING_MAX) throw busy()
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(enter), 1)
        reject(busy())
      }, WAIT_MS_MAX)
      queue.push(enter)
    })
  }
}

function busy(): Refusal {
  return new Refusal('busy', { retryAfterSeconds: 2 })
}

function derive(message: string, nonce: Buffer, cost: Cost, tagLength: number): Promise<Buffer> {
  const parameters = {
    message,
    nonce,
    parallelism: cost.p,
    tagLength,
    memory: cost.m,
    passes: cost.t,
  }
  return new Promise((resolve, reject) => {
    crypto.argon2('argon2id', parameters, (error, tag) => {
      if (error) reject(error)
      else resolve(tag)
    })
  })
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
