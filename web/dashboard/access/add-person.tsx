import { useState } from 'preact/hooks'
import type { User, UserRole } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { Dialog } from '../parts/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { RoleChoice } from './role-choice.tsx'

/** A new person, who chooses a password after coming by the link that follows. */
export function AddPerson(props: { onClose: () => void; onAdded: (user: User) => void }) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<UserRole>('box_office')
  const { isBusy, error, dismiss, send } = useSending()
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      const body = { name: name.trim(), email: email.trim(), role }
      props.onAdded(await client.value.createUser(body))
    })
  }
  return (
    <Dialog title="Add somebody" onClose={props.onClose}>
      <form onSubmit={submit}>
        <TextField label="Name" value={name} onInput={setName} required autoFocus maxLength={200} />
        <TextField label="E-mail" type="email" value={email} onInput={setEmail} required />
        <RoleChoice value={role} onChange={setRole} />
        {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
        <div class="dialog-actions">
          <button type="button" class="button is-plain" onClick={props.onClose}>
            Cancel
          </button>
          <button type="submit" class="button is-primary" disabled={isBusy}>
            {isBusy ? 'Adding…' : 'Add and make a link'}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
