import { useEffect, useState } from 'preact/hooks'
import { explain } from '../api/explain.ts'
import { isEnded, me } from '../identity/identity.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { KeyForm } from './key-form.tsx'
import { LinkCodeForm } from './link-code-form.tsx'
import { canUsePasskeys } from './passkey.ts'
import { PasskeySignIn } from './passkey-sign-in.tsx'
import { PasswordForm } from './password-form.tsx'
import { signInAsked } from './sign-in.ts'

/** Signs people in: by password or passkey; a key is for those who know what it is. */
export function SignInDialog() {
  // With the password told, a passkey is asked for beside it.
  const [isProving, setProving] = useState(false)
  const asked = signInAsked.value
  useEffect(() => setProving(false), [asked])
  if (asked === null) return null
  const close = () => {
    signInAsked.value = null
  }
  if (asked.link !== undefined) {
    return (
      <Dialog title="Sign in" onClose={close}>
        <LinkCodeForm link={asked.link} factors={asked.factors ?? []} onClose={close} />
      </Dialog>
    )
  }
  const email = isEnded.value ? (me.value?.user?.email ?? '') : ''
  return (
    <Dialog title={isEnded.value ? 'Sign in again' : 'Sign in'} onClose={close}>
      {asked.why !== null && <Why error={asked.why} />}
      {isEnded.value && <p>What you were doing stays as it is.</p>}
      <PasswordForm email={email} onFactor={() => setProving(true)} onClose={close} />
      {canUsePasskeys && !isProving && <PasskeySignIn />}
      <details class="more">
        <summary>Use a key instead</summary>
        <KeyForm />
      </details>
    </Dialog>
  )
}

/** Words for what is wrong with what the address brought along. */
const WHY: Readonly<Record<string, readonly [what: string, advice: string]>> = {
  credentials_wrong: [
    'This sign-in link no longer works.',
    'Each works once, for half an hour. Ask an operator for a new one.',
  ],
  unauthenticated: [
    'The server does not know this key.',
    'It was mistyped, or the server has another one now.',
  ],
}

/** A link that was used, or a key that is none: said where the person goes on. */
function Why({ error }: { error: unknown }) {
  const trouble = explain(error)
  const [what, advice] = WHY[trouble.code] ?? [trouble.what, trouble.advice]
  return (
    <div class="note is-trouble" role="alert">
      <Icon name="warning" />
      <div class="note-text">
        <p class="note-title">{what}</p>
        <p>{advice}</p>
      </div>
    </div>
  )
}
