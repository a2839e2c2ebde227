import { type Answer, callFunction, expectDone, type WriteRequest } from '../../calls/index.ts'
import type { ReplayWebhookBody, Webhook } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { findShow } from '../sold-show.ts'
import { keeperOf, readWebhook, webhookIdOf } from './webhook-rows.ts'

const REPLAY = 'select rowlock.replay_webhook($1, $2, $3, $4, $5) as answer'

/** Delivers a show's events after a version again. Refusals: `webhook_unknown`, `show_unknown`. */
export async function replayWebhook(
  context: Context,
  { caller }: WriteRequest,
  webhook: string,
  { show, after }: ReplayWebhookBody,
): Promise<Answer<Webhook>> {
  const webhookId = webhookIdOf(webhook)
  await readWebhook(context, caller, webhook)
  const { showId } = await findShow(context, show)
  const values = [caller.actor, keeperOf(caller), webhookId, showId, after]
  expectDone(await callFunction(context.database, REPLAY, values))
  const value = await readWebhook(context, caller, webhook)
  return { value, changed: true, replayed: false }
}
