import { useState } from 'preact/hooks'
import { explain } from '../api/explain.ts'
import { useSending } from '../api/use-sending.ts'
import { CodeField } from '../parts/code-field.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { signInWithLink } from './sign-in.ts'

/** The code that a sign-in link needs, where its user has a second factor. */
export function LinkCodeForm({ link, onClose }: { link: string; onClose: () => void }) {
  const [code, setCode] = useState('')
  const { isBusy, error, dismiss, send } = useSending()
  const isWrong = error !== null && explain(error).code === 'credentials_wrong'
  const submit = (event: Event) => {
    event.preventDefault()
    void send(() => signInWithLink(link, code.trim()))
  }
  return (
    <form onSubmit={submit}>
      <p>To use this link, you also need a code.</p>
      <CodeField label="Code" value={code} onInput={setCode} isWrong={isWrong} autoFocus />
      {error !== null && !isWrong && <TroubleNote error={error} onDismiss={dismiss} />}
      <div class="dialog-actions">
        <button type="button" class="button is-plain" onClick={onClose}>
          Cancel
        </button>
        <button type="submit" class="button is-primary" disabled={isBusy}>
          {isBusy ? 'Signing in…' : 'Sign in'}
        </button>
      </div>
    </form>
  )
}
