import {
  type Answer,
  callFunction,
  expectDone,
  identifyWrite,
  type WriteRequest,
} from '../../calls/index.ts'
import type { Webhook } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { findWebhook, keeperOf, webhookIdOf } from './webhook-rows.ts'

const DELETE = 'select rowlock.delete_webhook($1, $2, $3, $4, $5, $6) as answer'

interface Deletion {
  readonly code: string
  readonly replayed?: boolean
  readonly webhook?: Webhook
}

/** Deletes a webhook, and answers it as it was. Refusal: `webhook_unknown`. */
export async function deleteWebhook(
  context: Context,
  request: WriteRequest,
  webhook: string,
): Promise<Answer<Webhook>> {
  const { requestId, fingerprint } = identifyWrite(request, 'deleteWebhook', [webhook], {})
  const { caller } = request
  const answer = await callFunction<Deletion>(context.database, DELETE, [
    requestId,
    fingerprint,
    caller.actor,
    keeperOf(caller),
    webhookIdOf(webhook),
    // Null when it is gone: then the database knows the answer, or refuses.
    JSON.stringify(await findWebhook(context, caller, webhook)),
  ])
  expectDone(answer)
  return {
    value: answer.webhook as Webhook,
    changed: true,
    replayed: answer.replayed === true,
  }
}
