import { useState } from 'preact/hooks'
import type { WebhookWithSecret } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { Dialog } from '../parts/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { ShowChoice } from '../parts/show-choice.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { type AskedEvent, EVENT_WORDS } from './event-words.ts'

/** A new webhook: where it points, and what it is told of. */
export function CreateWebhook(props: {
  onClose: () => void
  onCreated: (webhook: WebhookWithSecret) => void
}) {
  const [url, setUrl] = useState('')
  const [description, setDescription] = useState('')
  const [events, setEvents] = useState<readonly AskedEvent[]>([])
  const [shows, setShows] = useState<readonly string[]>([])
  const { isBusy, error, dismiss, send } = useSending()
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      const body = {
        url: url.trim(),
        ...(description.trim() !== '' && { description: description.trim() }),
        ...(events.length > 0 && { events: [...events] }),
        ...(shows.length > 0 && { shows: [...shows] }),
      }
      props.onCreated(await client.value.createWebhook(body))
    })
  }
  return (
    <Dialog title="New webhook" onClose={props.onClose}>
      <form onSubmit={submit}>
        <TextField
          label="URL"
          type="url"
          placeholder="https://shop.example/hooks/rowlock"
          value={url}
          onInput={setUrl}
          required
          autoFocus
          hint="Where each event is sent, as a signed POST."
        />
        <TextField
          label="Description"
          value={description}
          onInput={setDescription}
          maxLength={200}
          hint="Optional: whose system it is."
        />
        <EventChoice value={events} onChange={setEvents} />
        <ShowChoice value={shows} onChange={setShows} />
        {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
        <div class="dialog-actions">
          <button type="button" class="button is-plain" onClick={props.onClose}>
            Cancel
          </button>
          <button type="submit" class="button is-primary" disabled={isBusy || url.trim() === ''}>
            {isBusy ? 'Creating…' : 'Create the webhook'}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

/** All events, unless some are ticked. */
function EventChoice(props: {
  value: readonly AskedEvent[]
  onChange: (events: readonly AskedEvent[]) => void
}) {
  const { value, onChange } = props
  return (
    <fieldset class="choices">
      <legend>Which events</legend>
      <p class="field-hint">
        {value.length === 0 ? 'All of them, unless you tick some.' : `${value.length} ticked.`}
      </p>
      <div class="tick-list">
        {(Object.keys(EVENT_WORDS) as AskedEvent[]).map((type) => (
          <label key={type} class="check">
            <input
              type="checkbox"
              checked={value.includes(type)}
              onChange={({ currentTarget: { checked } }) =>
                onChange(checked ? [...value, type] : value.filter((one) => one !== type))
              }
            />
            <span>
              <code>{type}</code> <span class="quiet">{EVENT_WORDS[type]}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
