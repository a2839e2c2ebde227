import { type Answer, callFunction, expectDone, type WriteRequest } from '../../calls/index.ts'
import type { Webhook } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { keeperOf, readWebhook, webhookIdOf } from './webhook-rows.ts'

const DELETE = 'select rowlock.delete_webhook($1, $2, $3) as answer'

/** Deletes a webhook, and answers it as it was. Refusal: `webhook_unknown`. */
export async function deleteWebhook(
  context: Context,
  { caller }: WriteRequest,
  webhook: string,
): Promise<Answer<Webhook>> {
  const value = await readWebhook(context, caller, webhook)
  const values = [caller.actor, keeperOf(caller), webhookIdOf(webhook)]
  expectDone(await callFunction(context.database, DELETE, values))
  return { value, changed: true, replayed: false }
}
