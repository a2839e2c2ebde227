import type { ComponentChildren } from 'preact'
import { useSending } from '../api/use-sending.ts'
import { Dialog } from './dialog.tsx'
import { TroubleNote } from './trouble-note.tsx'

/** A form in a window: `children` are its fields. What the server refuses is told below them. */
export function FormDialog(props: {
  title: string
  /** On the button that sends it. */
  action: string
  /** On that button while it is sent. */
  busy?: string
  /** False while something is missing, or nothing has changed. */
  isReady?: boolean
  submit: () => Promise<void>
  onClose: () => void
  children: ComponentChildren
}) {
  const { action, busy = action, isReady = true } = props
  const { isBusy, error, dismiss, send } = useSending()
  const submit = (event: Event) => {
    event.preventDefault()
    void send(props.submit)
  }
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form onSubmit={submit}>
        {props.children}
        {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
        <div class="dialog-actions">
          <button type="button" class="button is-plain" onClick={props.onClose}>
            Cancel
          </button>
          <button type="submit" class="button is-primary" disabled={isBusy || !isReady}>
            {isBusy ? busy : action}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
