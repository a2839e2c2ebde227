import { useState } from 'preact/hooks'
import type { PlanOverview } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { TextField } from '../parts/field.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'

/** Another name for a plan; its seats stay what they are. */
export function RenamePlan(props: {
  of: PlanOverview
  onClose: () => void
  onRenamed: (plan: PlanOverview) => void
}) {
  const { of: plan, onClose, onRenamed } = props
  const [name, setName] = useState(plan.name)
  const submit = async () => {
    const saved = await client.value.changePlan(plan.id, { name: name.trim() })
    onRenamed({ ...plan, name: saved.name })
    onClose()
  }
  return (
    <FormDialog
      title={`Rename ${plan.name}`}
      action="Rename"
      isReady={name.trim() !== '' && name !== plan.name}
      submit={submit}
      onClose={onClose}
    >
      <TextField label="Name" value={name} onInput={setName} maxLength={200} required autoFocus />
    </FormDialog>
  )
}
