import { exportPlan, generatePlan } from '../../src/plans/index.ts'

const OPERATOR = { authorization: 'Bearer operator-key-of-the-tests' }
const JSON_TYPE = { 'content-type': 'application/json' }
const PASSWORD = 'seven-green-rowing-boats'
/** A request that is ready to be sent. */
export interface Sent {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

type Json = Record<string, unknown>

/** A big house that is half sold, and everybody who asks about it. */
export class World {
  readonly #url: string
  readonly #seatCount: number
  #count = 0
  plan = ''
  venue = ''
  readonly show = 'arena'
  seats: string[] = []
  user: Readonly<Record<string, string>> = {}
  userId = ''
  readonly operator = OPERATOR

  /** What reads cost grows with the seats of the house. */
  constructor(url: string, seatCount: number) {
    this.#url = url
    this.#seatCount = seatCount
  }

  /** A name that nobody had before. */
  fresh(word: string): string {
    this.#count += 1
    return `${word}-${this.#count}`
  }

  /** As many seats, other ones each time. */
  nextSeats(count: number): string[] {
    this.#count += count
    return Array.from({ length: count }, (_, n) => {
      return this.seats[(this.#count - n) % this.seats.length] as string
    })
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
    const response = await fetch(`${this.#url}${path}`, { method, headers, ...(body && { body }) })
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
      await response.body?.cancel()
      return { status: response.status, json: () => ({}) }
    }
    const text = await response.text()
    return { status: response.status, json: () => JSON.parse(text) as Json }
  }

  /** The same, which must succeed. */
  async must(sent: Sent): Promise<Json> {
    let answer = await this.send(sent)
    for (let tries = 1; answer.status === 503 && tries < 5; tries++) answer = await this.send(sent)
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
    const email = `${this.fresh('ada')}@costs.example`
    const person = { name: 'Ada', email, password: PASSWORD }
    this.userId = String((await this.must(this.post('/v1/users', person, {}))).id)
    this.user = await this.signIn(email)
    for (let n = 0; n < 20; n++) {
      await this.must(this.post(`${this.at}/holds`, { seats: this.nextSeats(10) }, this.user))
      await this.must(this.post(`${this.at}/bookings`, { seats: this.nextSeats(10) }, this.user))
    }
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

  async signIn(email: string): Promise<Readonly<Record<string, string>>> {
    const session = await this.must(this.post('/v1/sessions', this.credentials(email), {}))
    return { authorization: `Bearer ${session.accessToken}` }
  }

  /** Somebody new, signed in. */
  async person(): Promise<{ id: string; email: string; who: Readonly<Record<string, string>> }> {
    const email = `${this.fresh('somebody')}@costs.example`
    const { id } = await this.must(
      this.post('/v1/users', { name: 'S', ...this.credentials(email) }),
    )
    return { id: String(id), email, who: await this.signIn(email) }
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
