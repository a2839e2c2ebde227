import { after } from 'node:test'
import type pg from 'pg'
import { connectClient } from '../../../src/db/connection.ts'
import type { Engine } from '../../../src/engine/index.ts'
import { fromPublicId, newUuid } from '../../../src/protocol/index.ts'
import { type TestDatabase, useTestDatabase } from '../../support/database.ts'
import { createShow, useServer } from '../../support/engines.ts'
import { command } from '../../support/kernel.ts'
import { advanceClock, setClock, useTestClock } from '../../support/test-clock.ts'

export interface Lease {
  readonly showId: number
  readonly webhookId: string
  readonly seesAll: boolean
  readonly secrets: readonly string[]
  readonly version: number
  readonly expiryNo: number
  readonly tries: number
}

interface Turns {
  readonly more: readonly number[]
  readonly leases: readonly Lease[]
}

interface Cursor {
  readonly version: number
  readonly expiryNo: number
  readonly tries: number
  /** Seconds until the next try; null where none is planned. */
  readonly retryIn: number | null
  readonly leasedBy: string | null
}

interface Report {
  readonly version?: number
  readonly expiryNo?: number
  readonly goesOn?: boolean
  readonly delivered?: object
  readonly failure?: object
}

export interface Attempt {
  readonly state: string
  readonly tries: number
  readonly answer: string | null
  readonly nextIn: number | null
}

/** An event that was sent: a page of 500 unless told otherwise. */
export function sent(version: number, other: object = {}) {
  const told = { type: 'hold.created', status: 500, answer: 'no', error: null, tookMs: 1 }
  return { eventId: `evt_${version}`, version, expiryNo: null, ...told, ...other }
}

/**
 * Asks the database about webhooks what servers ask, on one connection, with a clock that stands
 * still unless it is moved: nothing is sent, and nobody else looks for work. On Citus it is the
 * coordinator that is asked, and shows are in several shards.
 */
export class WebhookSql {
  readonly database: TestDatabase
  readonly owner: pg.Client
  readonly server = newUuid()
  readonly #engine: Engine

  private constructor(database: TestDatabase, owner: pg.Client, engine: Engine) {
    this.database = database
    this.owner = owner
    this.#engine = engine
  }

  static async use(name: string): Promise<WebhookSql> {
    const database = await useTestDatabase(name)
    const owner = await connectClient(database.owner)
    after(() => owner.end())
    await useTestClock(owner)
    await setClock(owner, new Date().toISOString().replace(/\.\d+/, ''))
    return new WebhookSql(database, owner, await useServer(database.settings))
  }

  /** One more connection, for somebody who begins, waits and commits in steps. */
  session(): Promise<pg.Client> {
    return connectClient(this.database.owner)
  }

  async ask<Answer>(name: string, ...values: readonly unknown[]): Promise<Answer> {
    const marks = values.map((_, index) => `$${index + 1}`)
    const text = `select rowlock.${name}(${marks.join(', ')}) as answer`
    const { rows } = await this.owner.query<{ answer: Answer }>(text, [...values])
    return rows[0]?.answer as Answer
  }

  async row<Row extends object>(text: string, ...values: readonly unknown[]): Promise<Row> {
    const { rows } = await this.owner.query<Row>(text, [...values])
    return rows[0] as Row
  }

  later(seconds: number): Promise<void> {
    return advanceClock(this.owner, seconds)
  }

  /** A show, by its number and its key. */
  async show(): Promise<{ id: number; key: string }> {
    const key = await createShow(this.#engine, { rows: 'A', seatsPerRow: 10 })
    const { id } = await this.row<{ id: number }>(
      'select show_id::int as id from rowlock.shows where key = $1',
      key,
    )
    await this.later(1)
    return { id, key }
  }

  /** Holds a seat for a minute, at a moment of its own. */
  async hold(showId: number, seat: number, seconds = 60): Promise<string> {
    const held = command('hold', showId, { seats: [seat], hold_seconds: seconds })
    await this.do(held)
    return held.hold_id as string
  }

  async do(one: ReturnType<typeof command>): Promise<void> {
    const batch = JSON.stringify([{ ...one, n: 0 }])
    const [outcome] = await this.ask<{ code: string }[]>('apply_at', one.show_id, batch)
    if (outcome?.code !== 'done') throw new Error(outcome?.code)
    await this.later(1)
  }

  async key(other: object = {}): Promise<string> {
    const keyId = newUuid()
    const whole = { scopes: ['sell', 'webhooks'], shows: null, expires: null, ...other }
    await this.owner.query(
      `insert into rowlock.api_keys (
         key_id, name, scopes, shows, created_at, created_by, expires_at
       )
       select $1, 'A', wanted.scopes, wanted.shows, rowlock.clock(), 'test',
         rowlock.clock() + wanted.expires * interval '1 s'
       from jsonb_to_record($2) as wanted (scopes text[], shows text[], expires float8)`,
      [keyId, JSON.stringify(whole)],
    )
    return `key_${keyId.replaceAll('-', '')}`
  }

  async webhook(other: object = {}, requestId: string = newUuid()): Promise<string> {
    const webhookId = newUuid()
    const body = { webhookId, url: 'https://a.example', owner: null, ...other }
    await this.ask('create_webhook', requestId, requestId, 'test', body, `secret of ${webhookId}`)
    await this.later(1)
    return webhookId
  }

  change(webhookId: string, changes: object, owner: string | null = null) {
    return this.ask<{ code: string }>('change_webhook', 'test', owner, webhookId, changes)
  }

  turns(showIds: readonly number[], server = this.server): Promise<Turns> {
    return this.ask('webhook_turns', showIds, server)
  }

  async turn(showId: number, server = this.server): Promise<readonly Lease[]> {
    for (;;) {
      const turn = await this.turns([showId], server)
      if (turn.more.length === 0 || turn.leases.length > 0) return turn.leases
    }
  }

  async leaseOf(webhookId: string, showId: number): Promise<Lease | undefined> {
    return (await this.turn(showId)).find((lease) => lease.webhookId === webhookId)
  }

  async settle(webhookId: string, showId: number, report: Report, server = this.server) {
    const usual = { version: 0, expiryNo: 0, goesOn: false, delivered: null, failure: null }
    const whole = { ...usual, webhookId, showId, ...report }
    const [kept] = await this.ask<boolean[]>('settle_leases', server, JSON.stringify([whole]))
    return kept
  }

  settleLone(webhookId: string, showId: number, event: object, isDelivered: boolean) {
    return this.ask('settle_attempt', webhookId, showId, event, isDelivered)
  }

  cursor(webhookId: string, showId: number): Promise<Cursor> {
    return this.row(
      `select version::int, expiry_no::int as "expiryNo", tries,
         extract(epoch from retry_at - rowlock.clock())::float8 as "retryIn",
         leased_by as "leasedBy"
       from rowlock.webhook_cursors where webhook_id = $1 and show_id = $2`,
      webhookId,
      showId,
    )
  }

  attempt(webhookId: string, eventId: string): Promise<Attempt> {
    return this.row(
      `select state, tries, answer,
         extract(epoch from next_at - rowlock.clock())::float8 as "nextIn"
       from rowlock.webhook_attempts where webhook_id = $1 and event_id = $2`,
      webhookId,
      eventId,
    )
  }

  /** State of a webhook: why it was stopped, and for how many seconds it has been failing. */
  state(webhookId: string): Promise<{ why: string | null; failing: number | null }> {
    return this.row(
      `select disabled_why as why,
         extract(epoch from rowlock.clock() - failing_since)::float8 as failing
       from rowlock.webhooks where webhook_id = $1`,
      webhookId,
    )
  }

  work(): Promise<number[] | null> {
    return this.ask('webhook_work', 1000)
  }

  /** Delays of webhooks in seconds, by their ids: those first that are latest. */
  async lags(limit = 100): Promise<[string | null, number][]> {
    type Lag = { webhook: string; seconds: number }
    const told = await this.ask<Lag[]>('webhook_lags', limit)
    return told.map(({ webhook, seconds }) => [fromPublicId('webhook', webhook), seconds])
  }

  acts(action: string, webhookId: string): Promise<{ count: number }> {
    return this.row(
      `select count(*)::int as count from rowlock.audit_log
       where action = $1 and subject = rowlock.public_id('webhook', $2)`,
      action,
      webhookId,
    )
  }

  /** Ends the work of tests before: their webhooks are stopped. */
  async stopAll(): Promise<void> {
    await this.owner.query('delete from rowlock.webhooks')
  }
}
