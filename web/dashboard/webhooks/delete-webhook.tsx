import type { Webhook } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { Dialog } from '../parts/dialog.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { webhookName } from './event-words.ts'

/** Asks before a webhook is taken away: what waits for it is forgotten. */
export function DeleteWebhook(props: {
  of: Webhook
  onClose: () => void
  onDeleted: (webhook: Webhook) => void
}) {
  const { of: webhook, onClose, onDeleted } = props
  const { isBusy, error, dismiss, send } = useSending()
  const remove = () =>
    send(async () => {
      await client.value.deleteWebhook(webhook.id)
      onClose()
      onDeleted(webhook)
      say(`${webhookName(webhook)} is deleted.`)
    })
  return (
    <Dialog title={`Delete ${webhookName(webhook)}?`} onClose={onClose}>
      <p>
        Nothing is sent to it any more, and what waits for it is forgotten. To stop it for a while,
        disable it instead: then nothing is lost.
      </p>
      {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
      <div class="dialog-actions">
        <button type="button" class="button is-plain" onClick={onClose}>
          Keep it
        </button>
        <button type="button" class="button is-danger" disabled={isBusy} onClick={remove}>
          Delete
        </button>
      </div>
    </Dialog>
  )
}
