import { useState } from 'preact/hooks'
import type { Webhook, WebhookWithSecret } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/use-pages.ts'
import { useSending } from '../api/use-sending.ts'
import { Icon } from '../parts/icon.tsx'
import { ListEnd } from '../parts/list-end.tsx'
import { SecretDialog } from '../parts/secret-dialog.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { ChangeWebhook } from './change-webhook.tsx'
import { CreateWebhook } from './create-webhook.tsx'
import { DeleteWebhook } from './delete-webhook.tsx'
import { DeliveriesDialog } from './deliveries-dialog.tsx'
import { webhookName } from './event-words.ts'
import { ReplayWebhook } from './replay-webhook.tsx'
import { RotateWebhook } from './rotate-webhook.tsx'
import { TestWebhook } from './test-webhook.tsx'
import { type WebhookAct, WebhookRow } from './webhook-row.tsx'

/** Dialog that is open over the list. */
type Open =
  | { readonly what: 'create' }
  | { readonly what: WebhookAct; readonly webhook: Webhook }
  | { readonly what: 'secret'; readonly webhook: WebhookWithSecret }
  | null

/** Systems that are told what happens: made, tested, repaired, taken away. */
export function WebhooksTab() {
  const [open, setOpen] = useState<Open>(null)
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set())
  const switching = useSending()
  const list = usePages<Webhook>(
    (cursor, options) => client.value.listWebhooks(cursor === undefined ? {} : { cursor }, options),
    [client.value],
  )
  const takeSecret = (webhook: WebhookWithSecret) => {
    const { secret: _, ...known } = webhook
    list.put(known)
    setOpen({ what: 'secret', webhook })
  }
  const toggle = (webhook: Webhook) =>
    switching.send(async () => {
      const disabled = webhook.status === 'enabled'
      list.put(await client.value.changeWebhook(webhook.id, { disabled }))
      say(
        disabled ? 'Disabled: nothing is sent.' : 'Enabled: deliveries resume where they stopped.',
      )
    })
  const shown = list.items?.filter(({ id }) => !gone.has(id)) ?? null
  return (
    <>
      <div class="page-head">
        <p class="quiet">Tell your systems what happens, as soon as it happens.</p>
        <button type="button" class="button is-primary" onClick={() => setOpen({ what: 'create' })}>
          <Icon name="plus" size={18} /> New webhook
        </button>
      </div>
      {switching.error !== null && (
        <TroubleNote error={switching.error} onDismiss={switching.dismiss} />
      )}
      {shown?.length === 0 && <NoWebhooks />}
      {shown !== null && shown.length > 0 && (
        <ul class="card rows">
          {shown.map((webhook) => (
            <WebhookRow
              key={webhook.id}
              of={webhook}
              isBusy={switching.isBusy}
              onToggle={() => void toggle(webhook)}
              onAct={(what) => setOpen({ what, webhook })}
            />
          ))}
        </ul>
      )}
      <ListEnd list={list} />
      <OpenDialog
        open={open}
        onClose={() => setOpen(null)}
        onSecret={takeSecret}
        onChanged={list.put}
        onSent={list.reload}
        onDeleted={({ id }) => setGone(new Set([...gone, id]))}
      />
    </>
  )
}

function OpenDialog(props: {
  open: Open
  onClose: () => void
  onSecret: (webhook: WebhookWithSecret) => void
  onChanged: (webhook: Webhook) => void
  /** Something was sent: what waits may be another number now. */
  onSent: () => void
  onDeleted: (webhook: Webhook) => void
}) {
  const { open, onClose } = props
  switch (open?.what) {
    case 'create':
      return <CreateWebhook onClose={onClose} onCreated={props.onSecret} />
    case 'edit':
      return <ChangeWebhook of={open.webhook} onClose={onClose} onChanged={props.onChanged} />
    case 'test':
      return <TestWebhook of={open.webhook} onClose={onClose} onSent={props.onSent} />
    case 'deliveries':
      return <DeliveriesDialog of={open.webhook} onClose={onClose} />
    case 'replay':
      return <ReplayWebhook of={open.webhook} onClose={onClose} onReplayed={props.onChanged} />
    case 'rotate':
      return <RotateWebhook of={open.webhook} onClose={onClose} onRotated={props.onSecret} />
    case 'delete':
      return <DeleteWebhook of={open.webhook} onClose={onClose} onDeleted={props.onDeleted} />
    case 'secret':
      return <WebhookSecret of={open.webhook} onClose={onClose} />
    default:
      return null
  }
}

function WebhookSecret(props: { of: WebhookWithSecret; onClose: () => void }) {
  const { of: webhook, onClose } = props
  return (
    <SecretDialog
      title={`The secret of ${webhookName(webhook)}`}
      secret={webhook.secret}
      onClose={onClose}
    >
      You see it only now. With it, your system verifies that a delivery comes from here.
    </SecretDialog>
  )
}

function NoWebhooks() {
  return (
    <div class="empty">
      <Icon name="link" size={32} />
      <h2>No webhooks yet</h2>
      <p class="quiet">
        Tell a ticket shop, an accounting system or a mailer about every hold, booking and change.
      </p>
    </div>
  )
}
