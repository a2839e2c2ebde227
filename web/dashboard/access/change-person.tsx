import { useState } from 'preact/hooks'
import type { ChangeUserBody, User } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { Dialog } from '../parts/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { RoleChoice } from './role-choice.tsx'

/** Name, e-mail, role, and whether the person may sign in at all. */
export function ChangePerson(props: {
  user: User
  onClose: () => void
  onChanged: (user: User) => void
}) {
  const { user, onClose, onChanged } = props
  const [name, setName] = useState(user.name)
  const [email, setEmail] = useState(user.email ?? '')
  const [role, setRole] = useState(user.role)
  const [isDisabled, setDisabled] = useState(user.disabledAt !== null)
  const { isBusy, error, dismiss, send } = useSending()
  const changes: ChangeUserBody = {
    ...(name.trim() !== user.name && { name: name.trim() }),
    ...(email.trim() !== (user.email ?? '') && { email: email.trim() }),
    ...(role !== user.role && { role }),
    ...(isDisabled !== (user.disabledAt !== null) && { disabled: isDisabled }),
  }
  const endsSessions = changes.role !== undefined || changes.disabled === true
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      onChanged(await client.value.changeUser(user.id, changes))
      onClose()
      say(`${name.trim()} is changed.`)
    })
  }
  return (
    <Dialog title={`Change ${user.name}`} onClose={onClose}>
      <form onSubmit={submit}>
        <TextField label="Name" value={name} onInput={setName} required maxLength={200} />
        <TextField
          label="E-mail"
          type="email"
          value={email}
          onInput={setEmail}
          required={user.email !== null}
        />
        <RoleChoice value={role} onChange={setRole} />
        <label class="check">
          <input
            type="checkbox"
            checked={isDisabled}
            onChange={(event) => setDisabled(event.currentTarget.checked)}
          />
          Disabled: cannot sign in
        </label>
        {endsSessions && <p class="quiet">This ends all sessions of {user.name} at once.</p>}
        {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
        <div class="dialog-actions">
          <button type="button" class="button is-plain" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            class="button is-primary"
            disabled={isBusy || Object.keys(changes).length === 0}
          >
            {isBusy ? 'Saving…' : 'Save'}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
