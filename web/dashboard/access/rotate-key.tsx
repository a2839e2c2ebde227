import { useState } from 'preact/hooks'
import type { ApiKey, ApiKeyWithSecret } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { Dialog } from '../parts/dialog.tsx'
import { DAY_SECONDS, OverlapChoice } from '../parts/overlap-choice.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'

/** A new secret; the old one goes on working until the partner has changed over. */
export function RotateKey(props: {
  of: ApiKey
  onClose: () => void
  onRotated: (key: ApiKeyWithSecret) => void
}) {
  const { of: key, onClose, onRotated } = props
  const [overlapSeconds, setOverlap] = useState<number>(DAY_SECONDS)
  const { isBusy, error, dismiss, send } = useSending()
  const rotate = (event: Event) => {
    event.preventDefault()
    void send(async () => onRotated(await client.value.rotateApiKey(key.id, { overlapSeconds })))
  }
  return (
    <Dialog title={`A new secret for ${key.name}`} onClose={onClose}>
      <form onSubmit={rotate}>
        <p>Scopes and shows stay. Both secrets work until the old one ends.</p>
        <OverlapChoice value={overlapSeconds} onChange={setOverlap} />
        {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
        <div class="dialog-actions">
          <button type="button" class="button is-plain" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="button is-primary" disabled={isBusy}>
            {isBusy ? 'Rotating…' : 'Make a new secret'}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
