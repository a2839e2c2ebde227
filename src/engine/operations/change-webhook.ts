import { type Answer, callFunction, expectDone, type WriteRequest } from '../../calls/index.ts'
import type { ChangeWebhookBody, Webhook } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { keeperOf, readWebhook, webhookIdOf } from './webhook-rows.ts'

const CHANGE = 'select rowlock.change_webhook($1, $2, $3, $4) as answer'

/** Changes a webhook, stops it, or lets it go on. Refusal: `webhook_unknown`. */
export async function changeWebhook(
  context: Context,
  { caller }: WriteRequest,
  webhook: string,
  body: ChangeWebhookBody,
): Promise<Answer<Webhook>> {
  const values = [caller.actor, keeperOf(caller), webhookIdOf(webhook), JSON.stringify(body)]
  expectDone(await callFunction(context.database, CHANGE, values))
  const value = await readWebhook(context, caller, webhook)
  return { value, changed: true, replayed: false }
}
