import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { PasskeyAssertion, User } from '../../../src/protocol/index.ts'
import { explain } from '../api/explain.ts'
import { useSending } from '../api/use-sending.ts'
import { CodeField } from '../parts/code-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { canUsePasskeys, signWithPasskey } from '../session/passkey.ts'

/** Proof of a second factor. Empty where there is none to prove. */
type Proof = { code?: string; passkey?: PasskeyAssertion }

/** A proof as a form has it: its field, and what was entered, once the form is sent. */
interface ProofInput {
  readonly field: ComponentChildren
  /** Asks for a passkey where no code was typed. */
  readonly take: () => Promise<Proof>
  /** Forgets what was typed. */
  readonly clear: () => void
}

/**
 * A code; or a passkey, where the user has one and types nothing. `purpose` goes on with the label
 * where other forms ask for one, too.
 */
export function useProof({ secondFactors }: User, purpose = ''): ProofInput {
  const [code, setCode] = useState('')
  const offersPasskey = canUsePasskeys && secondFactors.includes('passkey')
  const field = secondFactors.length > 0 && (
    <CodeField
      label={`${secondFactors.includes('app') ? 'Code' : 'Recovery code'}${purpose}`}
      value={code}
      onInput={setCode}
      isWrong={false}
      required={!offersPasskey}
      {...(offersPasskey && { hint: 'Leave it empty to use a passkey.' })}
    />
  )
  const take = async (): Promise<Proof> => {
    if (code.trim() !== '') return { code: code.trim() }
    return offersPasskey ? { passkey: await signWithPasskey() } : {}
  }
  return { field, take, clear: () => setCode('') }
}

/** Words under a password that was sent with a proof; null where neither is wrong. */
export function wrongProof(error: unknown, user: User): string | null {
  if (error === null || explain(error).code !== 'credentials_wrong') return null
  return user.secondFactors.length === 0
    ? 'This is not your password.'
    : 'The password, the code or the passkey is wrong.'
}

/** A form in a window that takes the password and the second factor again. */
export function ProofDialog(props: {
  title: string
  user: User
  action: string
  busy: string
  isDanger?: boolean
  send: (password: string, proof: Proof) => Promise<void>
  onClose: () => void
  children: ComponentChildren
}) {
  const { user } = props
  const [password, setPassword] = useState('')
  const { field, take } = useProof(user)
  const { isBusy, error, dismiss, send } = useSending()
  const wrong = wrongProof(error, user)
  const submit = async (event: Event) => {
    event.preventDefault()
    const isDone = await send(async () => props.send(password, await take()))
    if (isDone) props.onClose()
  }
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form onSubmit={submit}>
        {props.children}
        <TextField
          label="Your password"
          type="password"
          value={password}
          onInput={setPassword}
          wrong={wrong}
          required
          autoComplete="current-password"
        />
        {field}
        {error !== null && wrong === null && <TroubleNote error={error} onDismiss={dismiss} />}
        <div class="dialog-actions">
          <button type="button" class="button is-plain" onClick={props.onClose}>
            Cancel
          </button>
          <button
            type="submit"
            class={`button ${props.isDanger ? 'is-danger' : 'is-primary'}`}
            disabled={isBusy}
          >
            {isBusy ? props.busy : props.action}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
