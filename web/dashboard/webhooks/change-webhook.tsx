import type { Webhook } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { say } from '../parts/toast.tsx'
import { webhookName } from './event-words.ts'
import { fieldsOf, type WebhookFields, WebhookForm } from './webhook-form.tsx'

/** Another URL, other events or shows; secret and deliveries stay. */
export function ChangeWebhook(props: {
  of: Webhook
  onClose: () => void
  onChanged: (webhook: Webhook) => void
}) {
  const { of: webhook, onClose } = props
  const change = async ({ url, description, events, shows }: WebhookFields) => {
    const changed = await client.value.changeWebhook(webhook.id, {
      url,
      description: description === '' ? null : description,
      events: events.length === 0 ? null : [...events],
      shows: shows.length === 0 ? null : [...shows],
    })
    props.onChanged(changed)
    say('Saved.')
    onClose()
  }
  return (
    <WebhookForm
      title={`Edit ${webhookName(webhook)}`}
      action={['Save', 'Saving…']}
      fields={fieldsOf(webhook)}
      save={change}
      onClose={onClose}
    />
  )
}
