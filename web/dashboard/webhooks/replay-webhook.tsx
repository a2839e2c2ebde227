import { useId, useState } from 'preact/hooks'
import type { Webhook } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { TextField } from '../parts/field.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { say } from '../parts/toast.tsx'
import { webhookName } from './event-words.ts'

const LISTED_MAX = 1_000

/** Delivers what happened in a show once more, from a version on. */
export function ReplayWebhook(props: {
  of: Webhook
  onClose: () => void
  onReplayed: (webhook: Webhook) => void
}) {
  const { of: webhook, onClose, onReplayed } = props
  const [show, setShow] = useState(webhook.shows?.length === 1 ? (webhook.shows[0] ?? '') : '')
  const [after, setAfter] = useState('0')
  const submit = async () => {
    const body = { show: show.trim(), after: Number(after) }
    onReplayed(await client.value.replayWebhook(webhook.id, body))
    onClose()
    say(`The events of ${body.show} will be delivered again.`)
  }
  return (
    <FormDialog
      title={`Deliver again to ${webhookName(webhook)}`}
      action="Deliver again"
      busy="Asking…"
      isReady={show.trim() !== ''}
      submit={submit}
      onClose={onClose}
    >
      <p>
        Every event of one show that it asked for, in order. Your system recognises those it already
        has by their <code>webhook-id</code>.
      </p>
      <ShowField only={webhook.shows} value={show} onInput={setShow} />
      <TextField
        label="After version"
        type="number"
        min={0}
        value={after}
        onInput={setAfter}
        required
        hint="0: from the beginning. Deliveries name the version of each event."
      />
    </FormDialog>
  )
}

/** The key of a show, from those that there are. */
function ShowField(props: {
  only: readonly string[] | null
  value: string
  onInput: (key: string) => void
}) {
  const id = useId()
  const shows = useQuery(
    (options) => client.value.listShows({ limit: LISTED_MAX }, options),
    [],
  ).value
  const offered = shows?.items.filter(({ key }) => props.only?.includes(key) ?? true)
  return (
    <>
      <TextField
        label="Show"
        value={props.value}
        onInput={props.onInput}
        list={id}
        required
        autoFocus
        hint="Its key, as in its address."
      />
      <datalist id={id}>
        {offered?.map(({ key, title }) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </datalist>
    </>
  )
}
