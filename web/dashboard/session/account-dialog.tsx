import { useState } from 'preact/hooks'
import type { Me } from '../../../src/protocol/index.ts'
import { hrefOf } from '../address/routes.ts'
import { nameOfMe, roleName } from '../identity/identity.ts'
import { Dialog } from '../parts/dialog.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { signOut } from './sign-in.ts'

/** Dialog with who is signed in, the way to the account, and the way out. */
export function AccountDialog({ of, onClose }: { of: Me; onClose: () => void }) {
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const leave = async () => {
    setBusy(true)
    try {
      await signOut()
      onClose()
      say('Signed out. You can still look at everything that is public.')
    } catch (error) {
      setError(error)
      setBusy(false)
    }
  }
  return (
    <Dialog title={nameOfMe(of)} onClose={onClose}>
      <p>
        {roleName(of.role)}
        {of.user !== null && ` · ${of.user.email ?? 'no e-mail yet'}`}
      </p>
      {of.user === null && (
        <p class="quiet">Signed in with a key. This tab forgets it when you close it.</p>
      )}
      {error !== null && <TroubleNote error={error} />}
      <div class="dialog-actions">
        {of.user !== null && (
          <a class="button" href={hrefOf({ page: 'account' })} onClick={onClose}>
            Account
          </a>
        )}
        <button type="button" class="button is-primary" disabled={isBusy} onClick={leave}>
          Sign out
        </button>
      </div>
    </Dialog>
  )
}
