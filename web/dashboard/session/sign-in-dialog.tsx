import { explain } from '../api/explain.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { isEnded, me } from './identity.ts'
import { KeyForm } from './key-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { signInAsked } from './sign-in.ts'

/** Where people sign in: by e-mail and password; a key is for those who know what it is. */
export function SignInDialog() {
  const asked = signInAsked.value
  if (asked === null) return null
  const close = () => {
    signInAsked.value = null
  }
  const email = isEnded.value ? (me.value?.user?.email ?? '') : ''
  return (
    <Dialog title={isEnded.value ? 'Sign in again' : 'Sign in'} onClose={close}>
      {asked.why !== null && <Why error={asked.why} />}
      {isEnded.value && <p>What you were doing stays as it is.</p>}
      <PasswordForm email={email} onClose={close} />
      <details class="more">
        <summary>Use a key instead</summary>
        <KeyForm />
      </details>
    </Dialog>
  )
}

/** A link that was used, or a key that is none: said where the person goes on. */
function Why({ error }: { error: unknown }) {
  const { what, advice, code } = explain(error)
  const isLink = code === 'credentials_wrong'
  return (
    <div class="note is-trouble" role="alert">
      <Icon name="warning" />
      <div class="note-text">
        <p class="note-title">{isLink ? 'This sign-in link does not work any more.' : what}</p>
        <p>
          {isLink ? 'Each works once, for half an hour. Ask an operator for a new one.' : advice}
        </p>
      </div>
    </div>
  )
}
