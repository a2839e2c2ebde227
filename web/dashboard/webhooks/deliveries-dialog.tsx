import { useState } from 'preact/hooks'
import type { Webhook, WebhookDelivery } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/use-pages.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { ListEnd } from '../parts/list-end.tsx'
import { DeliveryLine } from './delivery-line.tsx'
import { webhookName } from './event-words.ts'

const STATES = [
  ['', 'All'],
  ['waiting', 'Failed, and will be tried again'],
  ['failed', 'Given up'],
  ['delivered', 'Delivered'],
] as const
type State = (typeof STATES)[number][0]

/** Dialog of what was sent lately, the last first: what arrived, and what did not. */
export function DeliveriesDialog({ of: webhook, onClose }: { of: Webhook; onClose: () => void }) {
  const [state, setState] = useState<State>('')
  const list = usePages<WebhookDelivery & { readonly id: string }>(
    async (cursor, options) => {
      const query = {
        ...(cursor !== undefined && { cursor }),
        ...(state !== '' && { state }),
      }
      const page = await client.value.listWebhookDeliveries(webhook.id, query, options)
      return { ...page, items: page.items.map((one) => ({ ...one, id: one.event })) }
    },
    [client.value, state],
  )
  return (
    <Dialog title={`Deliveries to ${webhookName(webhook)}`} onClose={onClose}>
      <Field label="Which">
        {(tied) => (
          <select
            {...tied}
            value={state}
            onChange={({ currentTarget }) => setState(currentTarget.value as State)}
          >
            {STATES.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      {list.items?.length === 0 && <p class="quiet">There are none.</p>}
      <ul class="deliveries">
        {list.items?.map((delivery) => (
          <li key={delivery.id}>
            <DeliveryLine of={delivery} />
          </li>
        ))}
      </ul>
      <ListEnd list={list} />
      <div class="dialog-actions">
        <button type="button" class="button" onClick={list.reload}>
          Load again
        </button>
        <button type="button" class="button is-primary" onClick={onClose}>
          Done
        </button>
      </div>
    </Dialog>
  )
}
