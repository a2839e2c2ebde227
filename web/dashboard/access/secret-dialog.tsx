import type { ApiKeyWithSecret } from '../../../src/protocol/index.ts'
import { CopyField } from '../parts/copy-field.tsx'
import { Dialog } from '../parts/dialog.tsx'

/** The secret, this once: only a button that says so closes it. */
export function SecretDialog({ of: key, onClose }: { of: ApiKeyWithSecret; onClose: () => void }) {
  return (
    <Dialog title={`The secret of ${key.name}`} isFirm onClose={onClose}>
      <p>
        It is shown this once: the server keeps only its hash. Store it where the partner system
        keeps secrets, never in a web page or in a repository.
      </p>
      <div class="dialog-part">
        <CopyField label="Secret" value={key.secret} />
      </div>
      <div class="dialog-actions">
        <button type="button" class="button is-primary" onClick={onClose}>
          I have stored it
        </button>
      </div>
    </Dialog>
  )
}
