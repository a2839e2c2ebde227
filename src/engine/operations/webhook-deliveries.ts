/**
 * Questions of the sender of webhooks to the database: what there is to do, who does it, and what
 * became of it. Not for callers of the API. A write to a show sets the sender going, which goes on
 * long after that request: so none of this ends with the deadline of whoever set it going, or what
 * was leased would be lost until the lease has run out.
 */
import type pg from 'pg'
import { type Caller, forOthersToo } from '../../calls/index.ts'
import type { Database } from '../../db/index.ts'
import { type Event, Refusal } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import type {
  LeaseReport,
  LoneEvent,
  SentEvent,
  WebhookLook,
  WebhookTurns,
} from '../events/deliveries.ts'
import type { EventsWanted } from '../events/event-query.ts'
import type { PlacedEvent } from '../events/placed-event.ts'
import { readEvents } from '../events/read-events.ts'
import { keeperOf, webhookIdOf } from './webhook-rows.ts'

const SHOWS_AT_ONCE = 200
const LONE_AT_ONCE = 20
/** More of them would make a scrape of thousands of lines. */
const LAGS_MAX = 100

const LOOK = `select
  rowlock.webhook_work($1) as shows,
  rowlock.lease_attempts($2) as lone,
  case when $3 then rowlock.webhook_lags($4) end as lags`

type LookRow = Omit<WebhookLook, 'isCut'>

/**
 * Looks for work, in one statement and so in one transaction, however many shows there are: what is
 * looked at every few seconds, by every server, while nothing happens.
 */
export async function webhookLook(
  { database }: Context,
  { withLags }: { readonly withLags: boolean },
): Promise<WebhookLook> {
  const [row] = await ask<LookRow>(database, LOOK, [
    SHOWS_AT_ONCE,
    LONE_AT_ONCE,
    withLags,
    LAGS_MAX,
  ])
  const { shows = null, lone = [], lags = null } = row ?? {}
  return { shows, isCut: shows?.length === SHOWS_AT_ONCE, lone, lags }
}

/** Leases to a server what there is to be delivered of shows, in one round trip. */
export async function webhookTurns(
  { database }: Context,
  showIds: readonly number[],
  server: string,
): Promise<WebhookTurns> {
  const [row] = await ask<{ answer: WebhookTurns }>(
    database,
    'select rowlock.webhook_turns($1, $2) as answer',
    [showIds, server],
  )
  return row?.answer ?? { more: [], leases: [] }
}

/** The number of a show, by its key; null when there is none. */
export async function showNumber(context: Context, show: string): Promise<number | null> {
  try {
    return (await forOthersToo(() => context.shows.get(show))).showId
  } catch (error) {
    if (error instanceof Refusal && error.code === 'show_unknown') return null
    throw error
  }
}

/** Events of shows, each after a position of its own. */
export function eventsOf(
  context: Context,
  wanted: readonly EventsWanted[],
): Promise<PromiseSettledResult<PlacedEvent[]>[]> {
  return forOthersToo(() => readEvents(context, wanted))
}

/** Tells the database how far leases have come; answers which the server still has. */
export async function settleLeases(
  { database }: Context,
  server: string,
  reports: readonly LeaseReport[],
): Promise<boolean[]> {
  const [row] = await ask<{ answer: boolean[] }>(
    database,
    'select rowlock.settle_leases($1, $2) as answer',
    [server, JSON.stringify(reports)],
  )
  return row?.answer ?? []
}

/** The event of a lone one, made once more; null when its show is gone. */
export async function loneEventOf(context: Context, lone: LoneEvent): Promise<Event | null> {
  const { showId, version, expiryNo, eventId } = lone
  const isExpiry = expiryNo !== null
  const after = isExpiry
    ? { version: Number.MAX_SAFE_INTEGER, expiryNo: expiryNo - 1 }
    : { version: version - 1, expiryNo: Number.MAX_SAFE_INTEGER }
  const [read] = await eventsOf(context, [{ showId, after, limit: 1 }])
  if (read?.status === 'rejected') throw read.reason
  const told = (read?.value ?? []).flatMap(({ event, former }) =>
    [event, former?.event ?? []].flat(),
  )
  return told.find(({ id }) => id === eventId) ?? null
}

/** Tells the database what became of a lone event. */
export async function settleLoneEvent(
  { database }: Context,
  lone: LoneEvent,
  sent: SentEvent,
  isDelivered: boolean,
): Promise<void> {
  await ask(database, 'select rowlock.settle_attempt($1, $2, $3, $4)', [
    lone.webhookId,
    lone.showId,
    sent,
    isDelivered,
  ])
}

/** Target of a test event. Refusal: `webhook_unknown`. */
export async function webhookTarget(
  { database }: Context,
  caller: Caller,
  webhook: string,
): Promise<{ readonly url: string; readonly secrets: readonly string[] }> {
  const [row] = await database.read<{
    answer: { url: string; secrets: string[] } | null
  }>('select rowlock.webhook_target($1, $2) as answer', [keeperOf(caller), webhookIdOf(webhook)])
  if (!row?.answer) throw new Refusal('webhook_unknown')
  return row.answer
}

function ask<Row extends pg.QueryResultRow>(
  database: Database,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  return forOthersToo(() => database.read<Row>(text, values))
}
