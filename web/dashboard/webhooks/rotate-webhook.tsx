import { useState } from 'preact/hooks'
import type { Webhook, WebhookWithSecret } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { Dialog } from '../parts/dialog.tsx'
import { DAY_SECONDS, OverlapChoice } from '../parts/overlap-choice.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { webhookName } from './event-words.ts'

/** A new secret; the old one goes on signing until your system has changed over. */
export function RotateWebhook(props: {
  of: Webhook
  onClose: () => void
  onRotated: (webhook: WebhookWithSecret) => void
}) {
  const { of: webhook, onClose, onRotated } = props
  const [overlapSeconds, setOverlap] = useState<number>(DAY_SECONDS)
  const { isBusy, error, dismiss, send } = useSending()
  const rotate = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      onRotated(await client.value.rotateWebhookSecret(webhook.id, { overlapSeconds }))
    })
  }
  return (
    <Dialog title={`A new secret for ${webhookName(webhook)}`} onClose={onClose}>
      <form onSubmit={rotate}>
        <p>Until the old one ends, each delivery is signed with both.</p>
        <OverlapChoice value={overlapSeconds} onChange={setOverlap} />
        {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
        <div class="dialog-actions">
          <button type="button" class="button is-plain" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="button is-primary" disabled={isBusy}>
            {isBusy ? 'Rotating…' : 'Make a new secret'}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
