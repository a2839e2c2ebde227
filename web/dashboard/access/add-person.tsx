import { useState } from 'preact/hooks'
import type { User, UserRole } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { TextField } from '../parts/field.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { RoleChoice } from './role-choice.tsx'

/** A new person, who chooses a password after coming by the link that follows. */
export function AddPerson(props: { onClose: () => void; onAdded: (user: User) => void }) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<UserRole>('box_office')
  const submit = async () => {
    const body = { name: name.trim(), email: email.trim(), role }
    props.onAdded(await client.value.createUser(body))
  }
  return (
    <FormDialog
      title="Add a person"
      action="Add and make a link"
      busy="Adding…"
      submit={submit}
      onClose={props.onClose}
    >
      <TextField label="Name" value={name} onInput={setName} required autoFocus maxLength={200} />
      <TextField label="E-mail" type="email" value={email} onInput={setEmail} required />
      <RoleChoice value={role} onChange={setRole} />
    </FormDialog>
  )
}
