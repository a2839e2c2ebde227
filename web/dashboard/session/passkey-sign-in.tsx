import { useSending } from '../api/use-sending.ts'
import { Icon } from '../parts/icon.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { signWithPasskey } from './passkey.ts'
import { signInBy } from './sign-in.ts'

/** The way in without a password. The browser asks which passkey, and whose. */
export function PasskeySignIn() {
  const { isBusy, error, dismiss, send } = useSending()
  const signIn = () => send(async () => signInBy({ passkey: await signWithPasskey() }))
  return (
    <div class="more">
      <button type="button" class="button is-wide" disabled={isBusy} onClick={() => void signIn()}>
        <Icon name="key" /> {isBusy ? 'Signing in…' : 'Sign in with a passkey'}
      </button>
      {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
    </div>
  )
}
