import { CopyField } from '../parts/copy-field.tsx'
import { Dialog } from '../parts/dialog.tsx'

/** The ways in without the phone, this once: only a button that says so closes it. */
export function RecoveryCodes(props: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Dialog title="Your recovery codes" isFirm onClose={props.onClose}>
      <p>
        Each replaces your second factor once, in case you lose your phone. You see them only now:
        print them, or keep them where you keep passwords. Any codes you had before no longer work.
      </p>
      <ul class="recovery-codes">
        {props.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <CopyField label="All of them" value={props.codes.join(' ')} />
      <div class="dialog-actions">
        <button type="button" class="button is-primary" onClick={props.onClose}>
          I have stored them
        </button>
      </div>
    </Dialog>
  )
}
