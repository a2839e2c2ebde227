import type { Caller } from '../../calls/index.ts'
import type { Webhook } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { readWebhook } from './webhook-rows.ts'

/** A webhook as it is. Refusal: `webhook_unknown`. */
export function getWebhook(context: Context, caller: Caller, webhook: string): Promise<Webhook> {
  return readWebhook(context, caller, webhook)
}
