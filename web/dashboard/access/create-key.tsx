import { useState } from 'preact/hooks'
import type { ApiKeyWithSecret, Scope } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { TextField } from '../parts/field.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { ShowChoice } from '../parts/show-choice.tsx'
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
  const submit = async () => {
    const expiresAt = fromWallTime(endsAt, null)
    const body = {
      name: name.trim(),
      scopes,
      ...(shows.length > 0 && { shows: [...shows] }),
      ...(expiresAt !== null && { expiresAt }),
    }
    props.onCreated(await client.value.createApiKey(body))
  }
  return (
    <FormDialog
      title="New API key"
      action="Create the key"
      busy="Creating…"
      isReady={scopes.length > 0 && name.trim() !== ''}
      submit={submit}
      onClose={props.onClose}
    >
      <TextField
        label="Name"
        placeholder="Such as Web shop"
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
        hint={`Leave empty for no end. Time in ${ownTimeZone()}`}
      />
    </FormDialog>
  )
}
