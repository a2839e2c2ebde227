import { useState } from 'preact/hooks'
import type { Webhook } from '../../../src/protocol/index.ts'
import { TextField } from '../parts/field.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { ShowChoice } from '../parts/show-choice.tsx'
import { type AskedEvent, EVENT_WORDS } from './event-words.ts'

/** URL of a webhook, and the events it is sent. Empty lists mean everything. */
export interface WebhookFields {
  readonly url: string
  readonly description: string
  readonly events: readonly AskedEvent[]
  readonly shows: readonly string[]
}

const NOTHING: WebhookFields = { url: '', description: '', events: [], shows: [] }

/** Fills the fields with what a webhook has now. */
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
  const submit = async () => {
    const fields = { url: url.trim(), description: description.trim(), events, shows }
    await props.save(fields)
  }
  return (
    <FormDialog
      title={props.title}
      action={props.action[0]}
      busy={props.action[1]}
      isReady={url.trim() !== ''}
      submit={submit}
      onClose={props.onClose}
    >
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
        hint="Optional, such as the system it belongs to."
      />
      <EventChoice value={events} onChange={setEvents} />
      <ShowChoice value={shows} onChange={setShows} />
    </FormDialog>
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
