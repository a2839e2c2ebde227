import { badCursor, type Caller } from '../../calls/index.ts'
import {
  fromPublicId,
  type ListWebhooksQuery,
  toPublicId,
  type WebhookList,
} from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { keeperOf, SELECT_WEBHOOK, toWebhook, type WebhookRow } from './webhook-rows.ts'

/** Webhooks in the order of their ids; the cursor is the last id of the page before. */
export async function listWebhooks(
  context: Context,
  caller: Caller,
  query: ListWebhooksQuery,
): Promise<WebhookList> {
  const after = query.cursor === undefined ? null : fromPublicId('webhook', query.cursor)
  if (query.cursor !== undefined && after === null) throw badCursor()
  const rows = await context.database.read<WebhookRow & Record<string, unknown>>(
    `${SELECT_WEBHOOK}
     where ($1::uuid is null or webhook.webhook_id > $1)
       and ($2::text is null or webhook.owner = $2)
     order by webhook.webhook_id
     limit $3`,
    [after, keeperOf(caller), query.limit + 1],
  )
  const items = rows.slice(0, query.limit).map(toWebhook)
  const last = rows[items.length - 1]
  const hasMore = rows.length > query.limit
  return { items, next: hasMore && last ? toPublicId('webhook', last.webhook_id) : null }
}
