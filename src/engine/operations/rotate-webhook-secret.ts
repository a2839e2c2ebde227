import {
  type Answer,
  callFunction,
  expectDone,
  identifyWrite,
  type WriteRequest,
} from '../../calls/index.ts'
import type { RotateWebhookSecretBody, WebhookWithSecret } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { newWebhookSecret, type WebhookAnswer } from './create-webhook.ts'
import { keeperOf, readWebhook, webhookIdOf } from './webhook-rows.ts'

const ROTATE = `
  select rowlock.rotate_webhook_secret($1, $2, $3, $4, $5, $6, make_interval(secs => $7)) as answer`

/** Gives a webhook a new secret; the old one signs along for a while. */
export async function rotateWebhookSecret(
  context: Context,
  request: WriteRequest,
  webhook: string,
  body: RotateWebhookSecretBody,
): Promise<Answer<WebhookWithSecret>> {
  const identity = identifyWrite(request, 'rotateWebhookSecret', [webhook], body)
  const { caller } = request
  const answer = await callFunction<WebhookAnswer>(context.database, ROTATE, [
    identity.requestId,
    identity.fingerprint,
    caller.actor,
    keeperOf(caller),
    webhookIdOf(webhook),
    newWebhookSecret(),
    body.overlapSeconds,
  ])
  expectDone(answer)
  const value = { ...(await readWebhook(context, caller, webhook)), secret: answer.secret ?? '' }
  return { value, changed: true, replayed: answer.replayed === true }
}
