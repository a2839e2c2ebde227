import { useState } from 'preact/hooks'
import type { ApiKeyWithSecret, Scope } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { Dialog } from '../parts/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { ShowChoice } from '../parts/show-choice.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { fromWallTime, ownTimeZone } from '../time/zoned-time.ts'
import { ScopeChoice } from './scope-choice.tsx'

/** A new key for a partner system: its name, scopes, and perhaps the only shows it is for. */
export function CreateKey(props: {
  onClose: () => void
  onCreated: (key: ApiKeyWithSecret) => void
}) {
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<Scope[]>(['sell'])
  const [shows, setShows] = useState<readonly string[]>([])
  const [endsAt, setEndsAt] = useState('')
  const { isBusy, error, dismiss, send } = useSending()
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      const expiresAt = fromWallTime(endsAt, null)
      const body = {
        name: name.trim(),
        scopes,
        ...(shows.length > 0 && { shows: [...shows] }),
        ...(expiresAt !== null && { expiresAt }),
      }
      props.onCreated(await client.value.createApiKey(body))
    })
  }
  return (
    <Dialog title="New API key" onClose={props.onClose}>
      <form onSubmit={submit}>
        <TextField
          label="Name"
          placeholder="Whose system it is for"
          value={name}
          onInput={setName}
          required
          autoFocus
          maxLength={200}
        />
        <ScopeChoice value={scopes} onChange={setScopes} />
        <ShowChoice value={shows} onChange={setShows} />
        <TextField
          label="Ends"
          type="datetime-local"
          value={endsAt}
          onInput={setEndsAt}
          hint={`Empty: never. Time in ${ownTimeZone()}`}
        />
        {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
        <div class="dialog-actions">
          <button type="button" class="button is-plain" onClick={props.onClose}>
            Cancel
          </button>
          <button
            type="submit"
            class="button is-primary"
            disabled={isBusy || scopes.length === 0 || name.trim() === ''}
          >
            {isBusy ? 'Creating…' : 'Create the key'}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
