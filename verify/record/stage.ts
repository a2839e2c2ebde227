import type { Entry, JsonObject, SeatFacts, ShowFacts } from '../history/history.ts'
import type { Caller } from './recorder.ts'
import type { Wire, WireAnswer, WireRequest } from './wire.ts'

/** The run cannot go on: what is asked of the servers does not work at all. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError'
}

const TRIES = 12
const PAUSE_MS = 1_000

/** What the run needs around its attempts: shows, callers, journals. Not recorded. */
export class Stage {
  readonly #wires: readonly Wire[]
  readonly #operator: Caller
  readonly #prefix: string

  constructor(wires: readonly Wire[], operatorKey: string, prefix: string) {
    this.#wires = wires
    this.#operator = { name: 'desk', token: operatorKey, isStaff: true }
    this.#prefix = prefix
  }

  get desk(): Caller {
    return this.#operator
  }

  /** Two partners with keys of their own, a user, whoever sends nothing, and the desk. */
  async callers(): Promise<Caller[]> {
    const partners = await Promise.all(
      ['partner-1', 'partner-2'].map((name) => this.#partner(name)),
    )
    const anonymous = { name: 'anonymous', token: null, isStaff: false }
    return [...partners, anonymous, this.#operator]
  }

  /** The names under which the journal knows the staff. */
  async staffActors(): Promise<string[]> {
    const me = await this.#ask('GET', '/v1/me')
    return [String(me.actor), this.#operator.name]
  }

  async #partner(name: string): Promise<Caller> {
    const body = { name: `${this.#prefix} ${name}`, scopes: ['sell', 'amend', 'block'] }
    const key = `${this.#prefix}-${name}-key-of-partner`
    const { secret } = await this.#ask('POST', '/v1/api-keys', body, key)
    return { name, token: String(secret), isStaff: false }
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

  /** Asks until there is an answer; the servers may be down just now. */
  async #ask(
    method: WireRequest['method'],
    path: string,
    body: unknown = null,
    key: string | null = null,
  ): Promise<JsonObject> {
    let last: WireAnswer | null = null
    for (let no = 0; no < TRIES; no++) {
      const wire = this.#wires[no % this.#wires.length] as Wire
      last = await wire.send({ method, path, body, key, token: this.#operator.token })
      if (last.status !== null && last.status < 300) return last.body as JsonObject
      const isFinal = last.status !== null && last.status < 500 && last.status !== 429
      if (isFinal) break
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    const told = JSON.stringify(last?.body ?? null).slice(0, 300)
    throw new VerifyError(`${method} ${path} was answered ${last?.status ?? 'not at all'}: ${told}`)
  }
}

/** What a show of the run is like. */
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
