import type { Entry, JsonObject, SeatFacts, ShowFacts } from '../history/history.ts'
import type { Caller } from './recorder.ts'
import { now, type Wire, type WireAnswer, type WireRequest } from './wire.ts'

/** The run cannot go on: what is asked of the servers does not work at all. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError'
}

/** A user who is signed in. */
interface Session {
  readonly caller: Caller
  /** Instant at which to sign in again: long before the session ends. */
  readonly goodUntil: number
}

const TRIES = 12
const PAUSE_MS = 1_000

/** Stage of the run, around its attempts: shows, callers, journals. Not recorded. */
export class Stage {
  readonly #wires: readonly Wire[]
  readonly #operator: Caller
  readonly #prefix: string
  #partners: readonly Caller[] | null = null
  readonly #sessions = new Map<string, Session>()

  constructor(wires: readonly Wire[], operatorKey: string, prefix: string) {
    this.#wires = wires
    this.#operator = { name: 'desk', token: operatorKey, isStaff: true, sells: true }
    this.#prefix = prefix
  }

  get desk(): Caller {
    return this.#operator
  }

  /**
   * Two partners with keys of their own, two users who are signed in, whoever sends nothing, and
   * the desk. Ask before every round: sessions end.
   */
  async callers(): Promise<Caller[]> {
    this.#partners ??= await Promise.all(
      ['partner-1', 'partner-2'].map((name) => this.#partner(name)),
    )
    const users = await Promise.all(['user-1', 'user-2'].map((name) => this.#user(name)))
    const anonymous = { name: 'anonymous', token: null, isStaff: false, sells: false }
    return [...this.#partners, ...users, anonymous, this.#operator]
  }

  /** Signs up, if this is the first time, and in. Users are called what the journal calls them. */
  async #user(name: string): Promise<Caller> {
    const known = this.#sessions.get(name)
    if (known && known.goodUntil > now()) return known.caller
    const email = `${this.#prefix}-${name}@verify.example`.toLowerCase()
    const password = `${this.#prefix} seats for ${name}, please`
    const key = `${this.#prefix}-${name}-of-this-run`
    const account = { name, email, password }
    if (!known) await this.#ask('POST', '/v1/users', account, key)
    const session = await this.#ask('POST', '/v1/sessions', { email, password }, null, null)
    const { id } = session.user as JsonObject
    const token = String(session.accessToken)
    const caller = { name: String(id), token, isStaff: false, sells: false }
    const goodUntil = now() + (Number(session.accessSeconds) * 1000) / 2
    this.#sessions.set(name, { caller, goodUntil })
    return caller
  }

  /** A webhook that follows some shows. */
  async hook(url: string, shows: readonly string[]): Promise<{ id: string; secret: string }> {
    const { id, secret } = await this.#ask(
      'POST',
      '/v1/webhooks',
      { url, shows },
      `${shows[0]}-hook`,
    )
    return { id: String(id), secret: String(secret) }
  }

  async unhook(id: string): Promise<void> {
    await this.#ask('POST', `/v1/webhooks/${id}/delete`, {}, `${id}-unhook`)
  }

  /** The names under which the journal knows the staff. */
  async staffActors(): Promise<string[]> {
    const me = await this.#ask('GET', '/v1/me')
    return [String(me.actor), this.#operator.name]
  }

  /** A system with a key. It is called what the journal calls it. */
  async #partner(name: string): Promise<Caller> {
    const scopes = ['sell', 'amend', 'block', 'webhooks']
    const body = { name: `${this.#prefix} ${name}`, scopes }
    const key = `${this.#prefix}-${name}-key-of-partner`
    const { id, secret } = await this.#ask('POST', '/v1/api-keys', body, key)
    return { name: String(id), token: String(secret), isStaff: false, sells: true }
  }

  /** Makes a show, and reads its seats in the order of their numbers. */
  async makeShow(key: string, spec: ShowSpec): Promise<ShowFacts> {
    const plan = spec.plan === undefined ? {} : { plan: await this.#makePlan(key, spec.plan) }
    const { terms } = spec
    const startsAt = new Date(Date.now() + 7 * 86_400_000).toISOString()
    const seats = spec.seats === undefined ? {} : { seats: spec.seats }
    const body = { key, title: key, startsAt, confirmBy: 'holder', ...plan, ...seats, ...terms }
    await this.#ask('POST', '/v1/shows', body, `${key}-show-of-this-run`)
    return {
      line: 'show',
      key,
      seats: await this.#seatsOf(key, spec),
      maxSeatsPerHold: terms.maxSeatsPerHold,
      maxSeatsPerHolder: terms.maxSeatsPerHolder,
      holdSecondsMax: terms.holdSecondsMax,
      holdLifeSecondsMax: terms.holdLifeSecondsMax,
    }
  }

  async #makePlan(key: string, source: JsonObject): Promise<string> {
    const venue = await this.#ask('POST', '/v1/venues', { name: key }, `${key}-venue-of-this-run`)
    const body = { format: 'rowlock', source }
    const path = `/v1/venues/${venue.id}/plans`
    const plan = await this.#ask('POST', path, body, `${key}-plan-of-this-run`)
    return String(plan.id)
  }

  async #seatsOf(key: string, spec: ShowSpec): Promise<SeatFacts[]> {
    const items = await this.#pages(`/v1/shows/${key}/seats`)
    return items.map((item) => {
      const seat = item as unknown as Omit<SeatFacts, 'isPlace'>
      const { section } = seat
      const isPlace = section !== null && spec.placeSections.includes(section)
      const { row, category, accessible } = seat
      return { seat: seat.seat, section, row, category, accessible, isPlace }
    })
  }

  /** The whole journal of a show. */
  async journal(show: string): Promise<Entry[]> {
    return (await this.#pages(`/v1/shows/${show}/journal`)) as unknown as Entry[]
  }

  /** Takes a show off sale, so that nothing of the run is for sale any more. */
  async cancel(show: string): Promise<void> {
    await this.#ask('PATCH', `/v1/shows/${show}`, { cancelled: true }, `${show}-cancel-of-this-run`)
  }

  async #pages(path: string): Promise<JsonObject[]> {
    const items: JsonObject[] = []
    for (let cursor = ''; ; ) {
      const page = await this.#ask('GET', `${path}?limit=1000${cursor}`)
      items.push(...(page.items as unknown as JsonObject[]))
      if (page.next === null) return items
      cursor = `&cursor=${encodeURIComponent(String(page.next))}`
    }
  }

  /** Asks until there is an answer, which must be a good one. */
  async #ask(
    method: WireRequest['method'],
    path: string,
    body: unknown = null,
    key: string | null = null,
    token: string | null = this.#operator.token,
  ): Promise<JsonObject> {
    return bodyOf(method, path, await this.#send(method, path, body, key, token))
  }

  /** Asks until there is an answer; the servers may be down for a while. */
  async #send(
    method: WireRequest['method'],
    path: string,
    body: unknown,
    key: string | null,
    token: string | null = this.#operator.token,
  ): Promise<WireAnswer | null> {
    let last: WireAnswer | null = null
    for (let no = 0; no < TRIES; no++) {
      const wire = this.#wires[no % this.#wires.length] as Wire
      last = await wire.send({ method, path, body, key, token })
      const isFinal = last.status !== null && last.status < 500 && last.status !== 429
      if (isFinal) break
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    return last
  }
}

/** The body of a good answer; throws `VerifyError` for any other, and for none. */
function bodyOf(method: string, path: string, answer: WireAnswer | null): JsonObject {
  const { status, body } = answer ?? { status: null, body: null }
  if (status !== null && status < 300) return body as JsonObject
  const told = JSON.stringify(body ?? null).slice(0, 300)
  throw new VerifyError(`${method} ${path} was answered ${status ?? 'not at all'}: ${told}`)
}

/** Description of a show of the run. */
export interface ShowSpec {
  readonly name: string
  readonly seats?: { readonly rows: string; readonly seatsPerRow: number }
  readonly plan?: JsonObject
  readonly placeSections: readonly string[]
  readonly terms: {
    readonly holdSeconds: number
    readonly holdSecondsMax: number
    readonly holdLifeSecondsMax: number
    readonly maxSeatsPerHold: number
    readonly maxSeatsPerHolder: number | null
  }
}
