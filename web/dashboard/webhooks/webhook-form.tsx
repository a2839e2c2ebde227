import { useState } from 'preact/hooks'
import type { Webhook } from '../../../src/protocol/index.ts'
import { useSending } from '../api/use-sending.ts'
import { Dialog } from '../parts/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { ShowChoice } from '../parts/show-choice.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { type AskedEvent, EVENT_WORDS } from './event-words.ts'

/** Where a webhook points and what it is told of. Empty lists mean everything. */
export interface WebhookFields {
  readonly url: string
  readonly description: string
  readonly events: readonly AskedEvent[]
  readonly shows: readonly string[]
}

const NOTHING: WebhookFields = { url: '', description: '', events: [], shows: [] }

/** What a webhook has now. */
export function fieldsOf({ url, description, events, shows }: Webhook): WebhookFields {
  const asked = (events ?? []).filter((type) => type !== 'webhook.test')
  return { url, description: description ?? '', events: asked, shows: shows ?? [] }
}

/** The form of a webhook, new or there already. */
export function WebhookForm(props: {
  title: string
  action: readonly [text: string, busy: string]
  fields?: WebhookFields
  save: (fields: WebhookFields) => Promise<void>
  onClose: () => void
}) {
  const first = props.fields ?? NOTHING
  const [url, setUrl] = useState(first.url)
  const [description, setDescription] = useState(first.description)
  const [events, setEvents] = useState(first.events)
  const [shows, setShows] = useState(first.shows)
  const { isBusy, error, dismiss, send } = useSending()
  const submit = (event: Event) => {
    event.preventDefault()
    const fields = { url: url.trim(), description: description.trim(), events, shows }
    void send(() => props.save(fields))
  }
  return (
    <Dialog title={props.title} onClose={props.onClose}>
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
            {isBusy ? props.action[1] : props.action[0]}
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
