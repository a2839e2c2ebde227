import { useState } from 'preact/hooks'
import { isKeyRefused, isKnownKey } from '../api/client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { say } from '../parts/toast.tsx'
import { operatorKey, signIn, signOut } from './operator-key.ts'

/** Where the operator's key is pasted, or taken away. */
export function SignInDialog({ onClose }: { onClose: () => void }) {
  if (operatorKey.value !== null && !isKeyRefused.value) return <SignOut onClose={onClose} />
  return <SignIn onClose={onClose} />
}

function SignIn({ onClose }: { onClose: () => void }) {
  const [key, setKey] = useState('')
  const [remember, setRemember] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: Event) => {
    event.preventDefault()
    const problem = await checked(key.trim(), setBusy)
    setWrong(problem)
    if (problem !== null) return
    signIn(key.trim(), remember)
    say('Signed in as the operator.')
    onClose()
  }
  return (
    <Dialog title="Sign in" onClose={onClose}>
      <form onSubmit={submit}>
        <p>
          Everything can be looked at without a key. Selling, blocking and creating shows takes the
          operator’s key.
        </p>
        <TextField
          label="Operator key"
          type="password"
          value={key}
          onInput={setKey}
          wrong={wrong}
          required
          autoFocus
          autoComplete="current-password"
          hint="Printed by the server when it starts, and kept in its data directory."
        />
        <label class="check">
          <input
            type="checkbox"
            checked={remember}
            onChange={(event) => setRemember(event.currentTarget.checked)}
          />
          Remember it in this browser
        </label>
        <div class="dialog-actions">
          <button type="button" class="button is-plain" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="button is-primary" disabled={isBusy}>
            {isBusy ? 'Signing in…' : 'Sign in'}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

/** What is wrong with a key, or null when the server knows it. */
async function checked(key: string, setBusy: (isBusy: boolean) => void): Promise<string | null> {
  if (!/^[\x21-\x7e]+$/.test(key)) return 'A key is letters, digits and signs, without blanks.'
  setBusy(true)
  try {
    return (await isKnownKey(key)) ? null : 'The server does not know this key.'
  } catch {
    return 'The server does not answer. Check the connection and try again.'
  } finally {
    setBusy(false)
  }
}

function SignOut({ onClose }: { onClose: () => void }) {
  const leave = () => {
    signOut()
    say('Signed out. You can still look at everything that is public.')
    onClose()
  }
  return (
    <Dialog title="Signed in as the operator" onClose={onClose}>
      <p>You can sell, block, change and create. The key stays in this browser until you leave.</p>
      <div class="dialog-actions">
        <button type="button" class="button is-plain" onClick={onClose}>
          Stay
        </button>
        <button type="button" class="button is-primary" onClick={leave}>
          Sign out
        </button>
      </div>
    </Dialog>
  )
}
