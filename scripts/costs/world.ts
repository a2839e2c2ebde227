import { setTimeout } from 'node:timers/promises'
import { exportPlan, generatePlan } from '../../src/plans/index.ts'
import { SoftPasskey } from '../../test/support/soft-passkey.ts'

const OPERATOR = { authorization: 'Bearer operator-key-of-the-tests' }
const JSON_TYPE = { 'content-type': 'application/json' }
const HOUSE = 'arena'
/** Milliseconds of one request at most; the machine may have much else to do. */
const ANSWER_MS_MAX = 60_000
const TRIES_MAX = 8
const PASSWORD = 'seven-green-rowing-boats'
/** A request that is ready to be sent. */
export interface Sent {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

interface SignedIn {
  readonly who: Readonly<Record<string, string>>
  readonly refreshToken: string
}

type Json = Record<string, unknown>

/** A big house that is half sold, and everybody who asks about it. */
export class World {
  readonly #url: string
  readonly #seatCount: number
  #count = 0
  #email = ''
  plan = ''
  venue = ''
  /** The half-sold house, or where nothing is sold yet: see `openShow`. */
  show = HOUSE
  seats: string[] = []
  user: Readonly<Record<string, string>> = {}
  userId = ''
  readonly operator = OPERATOR

  /** Takes the number of seats, with which the cost of reads grows. */
  constructor(url: string, seatCount: number) {
    this.#url = url
    this.#seatCount = seatCount
  }

  /** A name that nobody had before. */
  fresh(word: string): string {
    this.#count += 1
    return `${word}-${this.#count}`
  }

  /** Makes the most notes that may be, each as long as it may be. */
  notes(): Record<string, string> {
    const text = this.fresh('n').padEnd(180, 'x')
    return Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`note ${n}`, text]))
  }

  /** Takes other seats each time. */
  nextSeats(count: number): string[] {
    this.#count += count
    return Array.from({ length: count }, (_, n) => {
      return this.seats[(this.#count - n) % this.seats.length] as string
    })
  }

  /** Makes one label for each seat of the house, in rows of a hundred. */
  labels(): string[] {
    return this.seats.map((_, n) => `${Math.floor(n / 100) + 1}-${(n % 100) + 1}`)
  }

  post(path: string, body: object, headers: Readonly<Record<string, string>> = OPERATOR): Sent {
    return {
      method: 'POST',
      path,
      headers: { ...headers, ...JSON_TYPE },
      body: JSON.stringify(body),
    }
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Sent {
    return { method: 'GET', path, headers }
  }

  async send({ method, path, headers, body }: Sent): Promise<{ status: number; json: () => Json }> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers,
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
      ...(body && { body }),
    })
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
      await response.body?.cancel()
      return { status: response.status, json: () => ({}) }
    }
    const text = await response.text()
    return { status: response.status, json: () => JSON.parse(text) as Json }
  }

  /** Sends a request that must succeed. */
  async must(sent: Sent): Promise<Json> {
    let answer = await this.send(sent)
    for (let tries = 1; answer.status === 503 && tries < TRIES_MAX; tries++) {
      await setTimeout(500)
      answer = await this.send(sent)
    }
    if (answer.status < 300) return answer.json()
    throw new Error(
      `${sent.method} ${sent.path}: ${answer.status} ${JSON.stringify(answer.json())}`,
    )
  }

  async build(): Promise<void> {
    const house = generatePlan({ shape: 'stadium', seats: this.#seatCount })
    this.seats = house.seats.map(({ label }) => label)
    this.venue = String((await this.must(this.post('/v1/venues', { name: 'Arena' }))).id)
    const source = exportPlan('rowlock', house)
    const stored = this.post(`/v1/venues/${this.venue}/plans`, { format: 'rowlock', source })
    this.plan = String((await this.must(stored)).id)
    await this.must(this.post('/v1/shows', this.terms(this.show, { plan: this.plan })))
    for (let n = 0; n < this.#seatCount / 4_000; n++) {
      await this.must(this.post(`${this.at}/bookings`, { seats: this.nextSeats(1_000) }))
    }
    const { id, email, who } = await this.person()
    this.userId = id
    this.#email = email
    this.user = who
    for (let n = 0; n < 20; n++) {
      await this.must(this.post(`${this.at}/holds`, { seats: this.nextSeats(10) }, this.user))
      await this.must(this.post(`${this.at}/bookings`, { seats: this.nextSeats(10) }, this.user))
    }
  }

  /** Signed in anew: an access token lasts for minutes, and the script for longer. */
  async renew(): Promise<void> {
    this.user = (await this.signIn(this.#email)).who
  }

  /** A show of the same plan for requests that take seats: each operation needs thousands. */
  async openShow(): Promise<void> {
    this.show = this.fresh('show')
    await this.must(this.post('/v1/shows', this.terms(this.show, { plan: this.plan })))
  }

  openHouse(): void {
    this.show = HOUSE
  }

  get at(): string {
    return `/v1/shows/${this.show}`
  }

  terms(key: string, more: object): object {
    const startsAt = '2035-12-01T19:00:00Z'
    const bounds = { maxSeatsPerHold: 1_000, confirmBy: 'holder' }
    return { key, title: 'Cup final', startsAt, ...bounds, ...more }
  }

  credentials(email: string): object {
    return { email, password: PASSWORD }
  }

  async signIn(email: string): Promise<SignedIn> {
    const session = await this.must(this.post('/v1/sessions', this.credentials(email), {}))
    const who = { authorization: `Bearer ${session.accessToken}` }
    return { who, refreshToken: String(session.refreshToken) }
  }

  /** Somebody new, signed in. */
  async person(): Promise<SignedIn & { id: string; email: string }> {
    const email = `${this.fresh('somebody')}@costs.example`
    const { id } = await this.must(
      this.post('/v1/users', { name: 'S', ...this.credentials(email) }),
    )
    return { id: String(id), email, ...(await this.signIn(email)) }
  }

  passkey(): SoftPasskey {
    return new SoftPasskey({ host: new URL(this.#url).hostname, origin: this.#url })
  }

  /** Somebody who has a passkey, and a proof of it. */
  async keyed(): Promise<SignedIn & { email: string; passkey: string; proof: object }> {
    const person = await this.person()
    const key = this.passkey()
    const begun = this.post('/v1/me/passkeys', { password: PASSWORD }, person.who)
    const credential = key.make(String((await this.must(begun)).challenge))
    const confirm = this.post('/v1/me/passkeys/confirm', { name: 'P', credential }, person.who)
    const { passkey } = (await this.must(confirm)) as { passkey: { id: string } }
    const { challenge } = await this.must(this.post('/v1/sessions/passkey-challenge', {}, {}))
    return { ...person, passkey: passkey.id, proof: { passkey: key.sign(String(challenge)) } }
  }

  /** Ten seats held, and the address of the hold. */
  async hold(count = 10): Promise<string> {
    const held = await this.must(
      this.post(`${this.at}/holds`, { seats: this.nextSeats(count) }, {}),
    )
    return `${this.at}/holds/${held.id}`
  }

  async booking(count = 10): Promise<{ path: string; seats: string[] }> {
    const seats = this.nextSeats(count)
    const { id } = await this.must(this.post(`${this.at}/bookings`, { seats }, OPERATOR))
    return { path: `${this.at}/bookings/${id}`, seats }
  }
}
