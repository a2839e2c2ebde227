import { CopyField } from '../parts/copy-field.tsx'
import { Dialog } from '../parts/dialog.tsx'

/** The ways in without the phone, this once: only a button that says so closes it. */
export function RecoveryCodes(props: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Dialog title="Your recovery codes" isFirm onClose={props.onClose}>
      <p>
        Each signs you in once without the app, for when the phone is lost. They are shown this
        once: print them, or keep them where you keep passwords. Your other sessions have ended.
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
