import type { Webhook } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { say } from '../parts/toast.tsx'
import { webhookName } from './event-words.ts'

/** Asks before a webhook is taken away: what waits for it is forgotten. */
export function DeleteWebhook(props: {
  of: Webhook
  onClose: () => void
  onDeleted: (webhook: Webhook) => void
}) {
  const { of: webhook, onClose, onDeleted } = props
  const remove = async () => {
    await client.value.deleteWebhook(webhook.id)
    onClose()
    onDeleted(webhook)
    say(`${webhookName(webhook)} is deleted.`)
  }
  return (
    <ConfirmDialog
      title={`Delete ${webhookName(webhook)}?`}
      action="Delete"
      act={remove}
      onClose={onClose}
    >
      Nothing more is sent to it, and events waiting for it are dropped. To pause it, disable it
      instead: then nothing is lost.
    </ConfirmDialog>
  )
}
