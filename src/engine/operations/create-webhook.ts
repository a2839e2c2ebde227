import { randomBytes } from 'node:crypto'
import {
  type Answer,
  callFunction,
  expectDone,
  identifyWrite,
  type WriteRequest,
} from '../../calls/index.ts'
import {
  type CreateWebhookBody,
  newUuid,
  toPublicId,
  type WebhookWithSecret,
} from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { keeperOf, readWebhook } from './webhook-rows.ts'

const CREATE_WEBHOOK = 'select rowlock.create_webhook($1, $2, $3, $4, $5) as answer'
const SECRET_BYTES = 24

/** Answer of the functions that make or change a webhook. */
export interface WebhookAnswer {
  readonly code: string
  readonly replayed?: boolean
  readonly webhookId?: string
  readonly secret?: string
}

/** A new secret, in the form that Standard Webhooks give it. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
}

/** Creates a webhook. Its address was looked at before: see `checkTarget`. */
export async function createWebhook(
  context: Context,
  request: WriteRequest,
  body: CreateWebhookBody,
): Promise<Answer<WebhookWithSecret>> {
  const { requestId, fingerprint } = identifyWrite(request, 'createWebhook', [], body)
  const { caller } = request
  const wanted = {
    webhookId: newUuid(),
    url: body.url,
    events: body.events ?? null,
    shows: body.shows ?? null,
    description: body.description ?? null,
    owner: keeperOf(caller),
  }
  const values = [requestId, fingerprint, caller.actor, JSON.stringify(wanted), newWebhookSecret()]
  const answer = await callFunction<WebhookAnswer>(context.database, CREATE_WEBHOOK, values)
  expectDone(answer)
  const id = toPublicId('webhook', answer.webhookId ?? '')
  const value = { ...(await readWebhook(context, caller, id)), secret: answer.secret ?? '' }
  return { value, changed: true, replayed: answer.replayed === true }
}
