import { useState } from 'preact/hooks'
import type { PlanOverview } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { Dialog } from '../parts/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'

/** Another name for a plan; its seats stay what they are. */
export function RenamePlan(props: {
  of: PlanOverview
  onClose: () => void
  onRenamed: (plan: PlanOverview) => void
}) {
  const { of: plan, onClose, onRenamed } = props
  const [name, setName] = useState(plan.name)
  const { isBusy, error, dismiss, send } = useSending()
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      const saved = await client.value.changePlan(plan.id, { name: name.trim() })
      onRenamed({ ...plan, name: saved.name })
      onClose()
    })
  }
  return (
    <Dialog title={`Rename ${plan.name}`} onClose={onClose}>
      <form onSubmit={submit}>
        <TextField label="Name" value={name} onInput={setName} maxLength={200} required autoFocus />
        {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
        <div class="dialog-actions">
          <button type="button" class="button is-plain" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            class="button is-primary"
            disabled={isBusy || name.trim() === '' || name === plan.name}
          >
            Rename
          </button>
        </div>
      </form>
    </Dialog>
  )
}
