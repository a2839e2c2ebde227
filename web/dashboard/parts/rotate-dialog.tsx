import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useSending } from '../api/use-sending.ts'
import { Dialog } from './dialog.tsx'
import { DAY_SECONDS, OverlapChoice } from './overlap-choice.tsx'
import { TroubleNote } from './trouble-note.tsx'

/** A new secret; the old one goes on for as long as is chosen. `children` say what that means. */
export function RotateDialog(props: {
  of: string
  children: ComponentChildren
  rotate: (overlapSeconds: number) => Promise<void>
  onClose: () => void
}) {
  const [overlapSeconds, setOverlap] = useState<number>(DAY_SECONDS)
  const { isBusy, error, dismiss, send } = useSending()
  const rotate = (event: Event) => {
    event.preventDefault()
    void send(() => props.rotate(overlapSeconds))
  }
  return (
    <Dialog title={`A new secret for ${props.of}`} onClose={props.onClose}>
      <form onSubmit={rotate}>
        <p>{props.children}</p>
        <OverlapChoice value={overlapSeconds} onChange={setOverlap} />
        {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
        <div class="dialog-actions">
          <button type="button" class="button is-plain" onClick={props.onClose}>
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
