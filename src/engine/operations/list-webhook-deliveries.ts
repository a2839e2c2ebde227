import { badCursor, type Caller } from '../../calls/index.ts'
import type {
  EventType,
  ListWebhookDeliveriesQuery,
  WebhookDelivery,
  WebhookDeliveryList,
} from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { readWebhook, webhookIdOf } from './webhook-rows.ts'

interface DeliveryRow {
  readonly event_id: string
  readonly type: EventType
  readonly key: string | null
  readonly version: string | null
  readonly state: WebhookDelivery['state']
  readonly tries: number
  readonly at: Date
  readonly next_at: Date | null
  readonly status: number | null
  readonly answer: string | null
  readonly error: string | null
  readonly took_ms: number | null
}

const LIST_DELIVERIES = `
  select attempt.event_id, attempt.type, show.key, attempt.version, attempt.state, attempt.tries,
    attempt.at, attempt.next_at, attempt.status, attempt.answer, attempt.error, attempt.took_ms
  from rowlock.webhook_attempts as attempt
  left join rowlock.shows as show on show.show_id = attempt.show_id
  where attempt.webhook_id = $1
    and ($2::text is null or attempt.state = $2)
    and ($3::timestamptz is null or (attempt.at, attempt.event_id) < ($3, $4))
  order by attempt.at desc, attempt.event_id desc
  limit $5`

/** Lists what became of a webhook's events, the last first. Refusal: `webhook_unknown`. */
export async function listWebhookDeliveries(
  context: Context,
  caller: Caller,
  webhook: string,
  query: ListWebhookDeliveriesQuery,
): Promise<WebhookDeliveryList> {
  await readWebhook(context, caller, webhook)
  const { at, event } = parseCursor(query.cursor)
  const rows = await context.database.read<DeliveryRow & Record<string, unknown>>(LIST_DELIVERIES, [
    webhookIdOf(webhook),
    query.state ?? null,
    at,
    event,
    query.limit + 1,
  ])
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const hasMore = rows.length > query.limit && last !== undefined
  return {
    items: page.map(toDelivery),
    next: hasMore ? `${last.at.toISOString()} ${last.event_id}` : null,
  }
}

function parseCursor(cursor: string | undefined) {
  if (cursor === undefined) return { at: null, event: null }
  const [at = '', event = ''] = cursor.split(' ')
  if (Number.isNaN(Date.parse(at)) || event === '') throw badCursor()
  return { at: new Date(at), event }
}

function toDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    event: row.event_id,
    type: row.type,
    show: row.key,
    version: row.version === null ? null : Number(row.version),
    state: row.state,
    tries: row.tries,
    at: row.at.toISOString(),
    nextAt: row.next_at?.toISOString() ?? null,
    status: row.status,
    answer: row.answer,
    error: row.error,
    tookMs: row.took_ms,
  }
}
