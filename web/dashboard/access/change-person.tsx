import { useState } from 'preact/hooks'
import type { ChangeUserBody, User } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { TextField } from '../parts/field.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { say } from '../parts/toast.tsx'
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
  const changes: ChangeUserBody = {
    ...(name.trim() !== user.name && { name: name.trim() }),
    ...(email.trim() !== (user.email ?? '') && { email: email.trim() }),
    ...(role !== user.role && { role }),
    ...(isDisabled !== (user.disabledAt !== null) && { disabled: isDisabled }),
  }
  const endsSessions = changes.role !== undefined || changes.disabled === true
  const submit = async () => {
    onChanged(await client.value.changeUser(user.id, changes))
    onClose()
    say(`${name.trim()} is changed.`)
  }
  return (
    <FormDialog
      title={`Change ${user.name}`}
      action="Save"
      busy="Saving…"
      isReady={Object.keys(changes).length > 0}
      submit={submit}
      onClose={onClose}
    >
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
    </FormDialog>
  )
}
