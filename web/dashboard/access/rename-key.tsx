import { useState } from 'preact/hooks'
import type { ApiKey } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { TextField } from '../parts/field.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'

/** Another name for a key; what it may do stays what it is. */
export function RenameKey(props: {
  of: ApiKey
  onClose: () => void
  onRenamed: (key: ApiKey) => void
}) {
  const { of: key, onClose, onRenamed } = props
  const [name, setName] = useState(key.name)
  const submit = async () => {
    onRenamed(await client.value.changeApiKey(key.id, { name: name.trim() }))
    onClose()
  }
  return (
    <FormDialog
      title={`Rename ${key.name}`}
      action="Rename"
      isReady={name.trim() !== '' && name !== key.name}
      submit={submit}
      onClose={onClose}
    >
      <TextField label="Name" value={name} onInput={setName} maxLength={200} required autoFocus />
    </FormDialog>
  )
}
