import type { WebhookWithSecret } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { type WebhookFields, WebhookForm } from './webhook-form.tsx'

/** A new webhook: where it points, and what it is told of. */
export function CreateWebhook(props: {
  onClose: () => void
  onCreated: (webhook: WebhookWithSecret) => void
}) {
  const create = async ({ url, description, events, shows }: WebhookFields) => {
    const body = {
      url,
      ...(description !== '' && { description }),
      ...(events.length > 0 && { events: [...events] }),
      ...(shows.length > 0 && { shows: [...shows] }),
    }
    props.onCreated(await client.value.createWebhook(body))
  }
  const action = ['Create the webhook', 'Creating…'] as const
  return <WebhookForm title="New webhook" action={action} save={create} onClose={props.onClose} />
}
