import type { Webhook, WebhookWithSecret } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { RotateDialog } from '../parts/rotate-dialog.tsx'
import { webhookName } from './event-words.ts'

/** A new secret; the old one goes on signing until your system has changed over. */
export function RotateWebhook(props: {
  of: Webhook
  onClose: () => void
  onRotated: (webhook: WebhookWithSecret) => void
}) {
  const { of: webhook } = props
  const rotate = async (overlapSeconds: number) => {
    props.onRotated(await client.value.rotateWebhookSecret(webhook.id, { overlapSeconds }))
  }
  return (
    <RotateDialog of={webhookName(webhook)} rotate={rotate} onClose={props.onClose}>
      Until the old one ends, each delivery is signed with both.
    </RotateDialog>
  )
}
