import type { Caller } from '../../calls/index.ts'
import type { EventType } from '../../protocol/index.ts'
import { fromPublicId, Refusal, toPublicId, type Webhook } from '../../protocol/index.ts'
import type { Context } from '../context.ts'

/** A webhook as it is stored. */
export interface WebhookRow {
  readonly webhook_id: string
  readonly url: string
  readonly events: EventType[] | null
  readonly shows: string[] | null
  readonly description: string | null
  readonly created_at: Date
  readonly disabled_at: Date | null
  readonly disabled_why: string | null
  readonly failing_since: Date | null
  readonly waiting: number
}

/** Add a `where` over `webhook`. */
export const SELECT_WEBHOOK = `
  select
    webhook.webhook_id, webhook.url, webhook.events, webhook.shows, webhook.description,
    webhook.created_at, webhook.disabled_at, webhook.disabled_why, webhook.failing_since,
    (
      select count(*)::int
      from rowlock.webhook_attempts as attempt
      where attempt.webhook_id = webhook.webhook_id
        and attempt.state = 'waiting'
    ) as waiting
  from rowlock.webhooks as webhook`

/** Turns a row into a webhook as the API answers it. */
export function toWebhook(row: WebhookRow): Webhook {
  return {
    id: toPublicId('webhook', row.webhook_id),
    url: row.url,
    events: row.events,
    shows: row.shows,
    description: row.description,
    status: row.disabled_at === null ? 'enabled' : 'disabled',
    disabledWhy: row.disabled_why,
    failingSince: row.failing_since?.toISOString() ?? null,
    waiting: row.waiting,
    createdAt: row.created_at.toISOString(),
  }
}

/** Finds whose webhooks somebody keeps: a partner its own, operators all of them (null). */
export function keeperOf(caller: Caller): string | null {
  return caller.boxOffice ? null : caller.owner
}

/** The number of a webhook, or the refusal `webhook_unknown`. */
export function webhookIdOf(webhook: string): string {
  const id = fromPublicId('webhook', webhook)
  if (id === null) throw new Refusal('webhook_unknown')
  return id
}

/** Reads a webhook of the caller's. Refusal: `webhook_unknown`. */
export async function readWebhook(
  context: Context,
  caller: Caller,
  webhook: string,
): Promise<Webhook> {
  const found = await findWebhook(context, caller, webhook)
  if (found === null) throw new Refusal('webhook_unknown')
  return found
}

/** Reads a webhook of the caller's; null when there is none. */
export async function findWebhook(
  context: Context,
  caller: Caller,
  webhook: string,
): Promise<Webhook | null> {
  const [row] = await context.database.read<WebhookRow & Record<string, unknown>>(
    `${SELECT_WEBHOOK}
     where webhook.webhook_id = $1
       and ($2::text is null or webhook.owner = $2)`,
    [webhookIdOf(webhook), keeperOf(caller)],
  )
  return row ? toWebhook(row) : null
}
