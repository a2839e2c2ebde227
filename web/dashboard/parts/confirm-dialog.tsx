import type { ComponentChildren } from 'preact'
import { useSending } from '../api/use-sending.ts'
import { Dialog } from './dialog.tsx'
import { TroubleNote } from './trouble-note.tsx'

/** Asks before something is taken away; `children` say what that means. */
export function ConfirmDialog(props: {
  title: string
  /** On the button that does it. */
  action: string
  act: () => Promise<void>
  onClose: () => void
  children: ComponentChildren
}) {
  const { isBusy, error, dismiss, send } = useSending()
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <p>{props.children}</p>
      {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
      <div class="dialog-actions">
        <button type="button" class="button is-plain" onClick={props.onClose}>
          Keep it
        </button>
        <button
          type="button"
          class="button is-danger"
          disabled={isBusy}
          onClick={() => void send(props.act)}
        >
          {props.action}
        </button>
      </div>
    </Dialog>
  )
}
