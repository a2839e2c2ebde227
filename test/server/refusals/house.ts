import assert from 'node:assert/strict'
import type { Client } from 'pg'
import { connectClient } from '../../../src/db/connection.ts'
import type { OperationId } from '../../../src/protocol/operations/index.ts'
import { LIMITS_USUAL } from '../../../src/server/limits/limit-settings.ts'
import { type Asked, callOperation, type Told } from '../../support/call-operation.ts'
import type { TestDatabase } from '../../support/database.ts'
import { type ListeningServer, listen } from '../../support/servers.ts'
import { advanceClock, setClock, useTestClock } from '../../support/test-clock.ts'

/** A show, and perhaps a hold, a booking or a block of it, as parameters of a path. */
export type Place = Readonly<Record<string, string>> & { readonly show: string }

/** A password that is good enough. */
export const PASSWORD = 'seven-green-rowing-boats'

/** Limits that let an address hold one seat, a partner ask once a minute, and nobody register. */
const STRICT = {
  ...LIMITS_USUAL,
  heldSeatsMax: 1,
  requests: { ...LIMITS_USUAL.requests, partner: 1 },
}

/** Two servers on one database, and what is often needed before something can be refused. */
export class House {
  readonly #server: ListeningServer
  readonly #strict: ListeningServer
  readonly #owner: Client
  #showCount = 0
  #personCount = 0
  #anyShow: Promise<{ show: string }> | undefined

  constructor(server: ListeningServer, strict: ListeningServer, owner: Client) {
    this.#server = server
    this.#strict = strict
    this.#owner = owner
  }

  static async open(database: TestDatabase): Promise<House> {
    const owner = await connectClient(database.owner)
    await useTestClock(owner)
    // It stands still but for `later`, so that nothing here depends on how fast the machine is.
    await setClock(owner, new Date().toISOString())
    const server = await listen(database)
    const strict = await listen(database, { limits: STRICT, registration: 'closed' })
    return new House(server, strict, owner)
  }

  async close(): Promise<void> {
    await Promise.all([this.#server.close(), this.#strict.close(), this.#owner.end()])
  }

  get url(): string {
    return this.#server.url
  }

  ask(id: OperationId, asked: Asked = {}): Promise<Told> {
    return callOperation(this.#server.url, id, asked)
  }

  /** Asks by a name that passkeys can be bound to. */
  askByName(id: OperationId, asked: Asked = {}): Promise<Told> {
    return callOperation(this.named, id, asked)
  }

  get named(): string {
    return this.#server.url.replace('127.0.0.1', 'localhost')
  }

  /** Asks the server with the narrow limits. */
  askStrict(id: OperationId, asked: Asked = {}): Promise<Told> {
    return callOperation(this.#strict.url, id, asked)
  }

  /** Asks for an address, whatever is there. */
  async fetch(path: string, init: RequestInit = {}): Promise<Told> {
    const answer = await fetch(`${this.#server.url}${path}`, init)
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }

  /** The body of a good answer. */
  async do(id: OperationId, asked: Asked = {}): Promise<Record<string, string>> {
    const { status, body } = await this.ask(id, asked)
    assert.ok(status < 300, `${id}: ${status} ${JSON.stringify(body)}`)
    return body as Record<string, string>
  }

  /** Moves the clock of the database on. */
  later(seconds: number): Promise<void> {
    return advanceClock(this.#owner, seconds)
  }

  /** A show for requests that have nothing to do with it. */
  get anyShow(): Promise<{ show: string }> {
    this.#anyShow ??= this.show()
    return this.#anyShow
  }

  /** The time by the clock of the database, in milliseconds since 1970. */
  async now(): Promise<number> {
    const { rows } = await this.#owner.query<{ now: Date }>('select rowlock.clock() as now')
    return rows[0]?.now.getTime() ?? 0
  }

  /** A new show with the seats A1 to B6, whose holders may confirm. */
  async show(terms: object = {}): Promise<{ show: string }> {
    this.#showCount += 1
    const key = `hamlet-${this.#showCount}`
    const seats = { rows: 'A-B', seatsPerRow: 6 }
    const usual = { title: 'Hamlet', startsAt: '2031-12-01T19:00:00Z', confirmBy: 'holder' }
    const own = 'plan' in terms ? {} : { seats }
    await this.do('createShow', { body: { key, ...usual, ...own, ...terms } })
    return { show: key }
  }

  change(path: Place, terms: object): Promise<unknown> {
    return this.do('changeShow', { path: { show: path.show }, body: terms })
  }

  async hold(path: Place, seats: readonly string[], more: object = {}, as: string | null = null) {
    const { id = '' } = await this.do('holdSeats', { path, body: { seats, ...more }, as })
    return { ...path, hold: id }
  }

  async book(path: Place, seats: readonly string[], more: object = {}) {
    const { id = '' } = await this.do('bookSeats', { path, body: { seats, ...more } })
    return { ...path, booking: id }
  }

  async block(path: Place, seats: readonly string[]) {
    const body = { seats, reason: 'Sound desk' }
    const { id = '' } = await this.do('blockSeats', { path, body })
    return { ...path, block: id }
  }

  /** A venue with a plan of the seats A1 to A4. */
  async plan(): Promise<{ venue: string; plan: string }> {
    const { id: venue = '' } = await this.do('createVenue', { body: { name: 'Globe' } })
    const source = { rows: 'A', seatsPerRow: 4 }
    const { id: plan = '' } = await this.do('createPlan', { path: { venue }, body: { source } })
    return { venue, plan }
  }

  /** The secret of a new API key. */
  async partner(scopes: readonly string[], shows?: readonly string[]): Promise<string> {
    const body = { name: 'Partner', scopes, ...(shows && { shows }) }
    return (await this.do('createApiKey', { body })).secret ?? ''
  }

  /** Somebody new who is signed in. */
  async person(role = 'user'): Promise<{ user: string; email: string; as: string }> {
    this.#personCount += 1
    const email = `ada-${this.#personCount}@example.org`
    const body = { name: 'Ada', email, password: PASSWORD, role }
    const { id: user = '' } = await this.do('createUser', { body })
    return { user, email, as: await this.signIn(email) }
  }

  async signIn(email: string): Promise<string> {
    const asked = { body: { email, password: PASSWORD }, as: null }
    return (await this.do('createSession', asked)).accessToken ?? ''
  }
}
