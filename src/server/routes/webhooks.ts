import type { Identity } from '../../auth/index.ts'
import type { Engine } from '../../engine/index.ts'
import { checkTarget, untilEvents, type WebhookSender } from '../../feed/index.ts'
import { type Event, newUuid, type WebhookDelivery } from '../../protocol/index.ts'
import { changed, created } from '../answers.ts'
import { route, writeOf } from '../route.ts'
import type { App } from './app.ts'

/** Parts that webhook routes work with. */
export interface WebhookParts {
  readonly engine: Engine
  readonly sender: WebhookSender
  /** True when webhooks may point at this machine. */
  readonly allowsLoopback: boolean
}

/** Webhooks, and the feed of events for those who ask. */
export function addWebhookRoutes(app: App, { engine, sender, ...rules }: WebhookParts): void {
  route(app, 'createWebhook', async (request, reply) => {
    checkTarget(request.body.url, rules)
    const answer = await engine.createWebhook(writeOf(request), request.body)
    return created(reply, answer, ({ id }) => `/v1/webhooks/${id}`)
  })

  route(app, 'listWebhooks', (request) => {
    return engine.listWebhooks(request.identity.caller, request.query)
  })

  route(app, 'getWebhook', (request) => {
    return engine.getWebhook(request.identity.caller, request.params.webhook)
  })

  route(app, 'changeWebhook', async (request, reply) => {
    if (request.body.url !== undefined) checkTarget(request.body.url, rules)
    const { webhook } = request.params
    return changed(reply, await engine.changeWebhook(writeOf(request), webhook, request.body))
  })

  route(app, 'deleteWebhook', async (request, reply) => {
    const { webhook } = request.params
    return changed(reply, await engine.deleteWebhook(writeOf(request), webhook))
  })

  route(app, 'rotateWebhookSecret', async (request, reply) => {
    const { webhook } = request.params
    return changed(reply, await engine.rotateWebhookSecret(writeOf(request), webhook, request.body))
  })

  route(app, 'listWebhookDeliveries', (request) => {
    const { webhook } = request.params
    return engine.listWebhookDeliveries(request.identity.caller, webhook, request.query)
  })

  route(app, 'replayWebhook', async (request, reply) => {
    const { webhook } = request.params
    const answer = await engine.replayWebhook(writeOf(request), webhook, request.body)
    sender.refresh(request.body.show)
    return changed(reply, answer)
  })

  route(app, 'testWebhook', async (request) => {
    const target = await engine.webhookTarget(request.identity.caller, request.params.webhook)
    return sendTest(sender, target)
  })

  route(app, 'listEvents', (request) => {
    const { after, limit, wait } = request.query
    const query = { after, limit, owner: ownerSeen(request.identity) }
    const look = () => engine.listEvents(request.params.show, query)
    return untilEvents(look, wait * 1000, () => request.raw.socket.destroyed)
  })
}

/** Partners are told of what is theirs, unless they may read the journal. */
function ownerSeen({ caller, scopes }: Identity): string | null {
  return scopes === null || scopes.has('journal') ? null : caller.owner
}

async function sendTest(
  sender: WebhookSender,
  target: { url: string; secrets: readonly string[] },
): Promise<WebhookDelivery> {
  const at = new Date().toISOString()
  const id = `evt_test_${newUuid().replaceAll('-', '')}`
  const event: Event = { id, type: 'webhook.test', at, show: null, version: null, data: {} }
  const { isDelivered, status, answer, error, tookMs } = await sender.send(target, event)
  return {
    event: id,
    type: 'webhook.test',
    show: null,
    version: null,
    state: isDelivered ? 'delivered' : 'failed',
    tries: 1,
    at,
    nextAt: null,
    status,
    answer,
    error,
    tookMs,
  }
}
