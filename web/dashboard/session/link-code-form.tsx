import { useState } from 'preact/hooks'
import type { SecondFactorKind } from '../../../src/protocol/index.ts'
import { explain } from '../api/explain.ts'
import { useSending } from '../api/use-sending.ts'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { FactorFields } from './factor-fields.tsx'
import { signWithPasskey } from './passkey.ts'
import { signInBy } from './sign-in.ts'

/** The second factor that a sign-in link needs, where its user has one. */
export function LinkCodeForm(props: {
  link: string
  factors: readonly SecondFactorKind[]
  onClose: () => void
}) {
  const { link } = props
  const [code, setCode] = useState('')
  const { isBusy, error, dismiss, send } = useSending()
  const isWrong = error !== null && explain(error).code === 'credentials_wrong'
  const submit = (event: Event) => {
    event.preventDefault()
    void send(() => signInBy({ link, code: code.trim() }))
  }
  return (
    <form onSubmit={submit}>
      <p>To use this link, you also need your second factor.</p>
      <FactorFields
        factors={props.factors}
        code={code}
        onInput={setCode}
        isWrong={isWrong}
        isBusy={isBusy}
        onPasskey={() =>
          void send(async () => signInBy({ link, passkey: await signWithPasskey() }))
        }
      />
      {error !== null && !isWrong && <TroubleNote error={error} onDismiss={dismiss} />}
      <div class="dialog-actions">
        <button type="button" class="button is-plain" onClick={props.onClose}>
          Cancel
        </button>
        <button type="submit" class="button is-primary" disabled={isBusy}>
          {isBusy ? 'Signing in…' : 'Sign in'}
        </button>
      </div>
    </form>
  )
}
