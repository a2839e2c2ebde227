import type { ComponentChildren } from 'preact'
import { CopyField } from './copy-field.tsx'
import { Dialog } from './dialog.tsx'

/** A secret, this once: only a button that says so closes it. */
export function SecretDialog(props: {
  title: string
  secret: string
  onClose: () => void
  children: ComponentChildren
}) {
  return (
    <Dialog title={props.title} isFirm onClose={props.onClose}>
      <p>{props.children}</p>
      <div class="dialog-part">
        <CopyField label="Secret" value={props.secret} />
      </div>
      <div class="dialog-actions">
        <button type="button" class="button is-primary" onClick={props.onClose}>
          I have stored it
        </button>
      </div>
    </Dialog>
  )
}
