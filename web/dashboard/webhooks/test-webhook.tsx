import { useEffect, useState } from 'preact/hooks'
import type { Webhook, WebhookDelivery } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { Dialog } from '../parts/dialog.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { DeliveryLine } from './delivery-line.tsx'
import { webhookName } from './event-words.ts'

/** Sends a test event at once, and shows what came back. */
export function TestWebhook(props: { of: Webhook; onClose: () => void; onSent: () => void }) {
  const { of: webhook, onClose, onSent } = props
  const [delivery, setDelivery] = useState<WebhookDelivery | null>(null)
  const { isBusy, error, send } = useSending()
  const test = () =>
    void send(async () => {
      setDelivery(null)
      setDelivery(await client.value.testWebhook(webhook.id))
      onSent()
    })
  useEffect(test, [])
  return (
    <Dialog title={`A test of ${webhookName(webhook)}`} onClose={onClose}>
      <div class="dialog-part" aria-live="polite">
        {delivery !== null && <DeliveryLine of={delivery} />}
        {delivery === null && error === null && <p>Waiting for an answer, ten seconds at most…</p>}
        {error !== null && <TroubleNote error={error} />}
      </div>
      <div class="dialog-actions">
        <button type="button" class="button" disabled={isBusy} onClick={test}>
          Send again
        </button>
        <button type="button" class="button is-primary" onClick={onClose}>
          Done
        </button>
      </div>
    </Dialog>
  )
}
