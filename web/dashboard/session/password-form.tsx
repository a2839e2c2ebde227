import { useRef, useState } from 'preact/hooks'
import { RowlockError } from '../../../src/client/index.ts'
import type { SecondFactorKind } from '../../../src/protocol/index.ts'
import { explain } from '../api/explain.ts'
import { TextField } from '../parts/field.tsx'
import { now } from '../time/clock.ts'
import { countdown } from '../time/format.ts'
import { FactorFields } from './factor-fields.tsx'
import { signWithPasskey } from './passkey.ts'
import { factorsAsked, signInBy } from './sign-in.ts'

const WRONG = 'The e-mail or the password is wrong.'

/** E-mail, password and, where it takes one, a second factor, as password managers know them. */
export function PasswordForm(props: { email: string; onFactor: () => void; onClose: () => void }) {
  const [email, setEmail] = useState(props.email)
  const [password, setPassword] = useState('')
  const [factors, setFactors] = useState<readonly SecondFactorKind[] | null>(null)
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [waitUntil, setWaitUntil] = useState(0)
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  // With a second factor asked for, the password was right: then it is the factor.
  const wrongPassword = factors !== null && wrong === WRONG ? null : wrong
  const waitMs = waitUntil - now.value
  const signIn = async (isByPasskey: boolean) => {
    setBusy(true)
    setWrong(null)
    try {
      const proof = isByPasskey
        ? { passkey: await signWithPasskey() }
        : { ...(code.trim() !== '' && { code: code.trim() }) }
      await signInBy({ email: email.trim(), password, ...proof })
    } catch (error) {
      setBusy(false)
      const asked = factorsAsked(error)
      if (asked !== null) {
        props.onFactor()
        return setFactors(asked)
      }
      setWaitUntil(now.peek() + 1000 * retryAfter(error))
      setWrong(wordsFor(error))
      const name = factors === null ? 'password' : 'code'
      form.current?.querySelector<HTMLInputElement>(`[name="${name}"]`)?.select()
    }
  }
  const submit = (event: Event) => {
    event.preventDefault()
    void signIn(false)
  }
  return (
    <form ref={form} onSubmit={submit}>
      <TextField
        label="E-mail"
        name="email"
        type="email"
        value={email}
        onInput={setEmail}
        required
        autoFocus={props.email === ''}
        autoComplete="username"
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        value={password}
        onInput={setPassword}
        wrong={waitMs > 0 ? `Too many attempts. Try again in ${countdown(waitMs)}.` : wrongPassword}
        required
        autoFocus={props.email !== ''}
        autoComplete="current-password"
      />
      {factors !== null && (
        <FactorFields
          factors={factors}
          code={code}
          onInput={setCode}
          isWrong={wrong === WRONG}
          isBusy={isBusy}
          onPasskey={() => void signIn(true)}
        />
      )}
      <div class="dialog-actions">
        <button type="button" class="button is-plain" onClick={props.onClose}>
          Cancel
        </button>
        <button type="submit" class="button is-primary" disabled={isBusy || waitMs > 0}>
          {isBusy ? 'Signing in…' : 'Sign in'}
        </button>
      </div>
    </form>
  )
}

function retryAfter(error: unknown): number {
  const isLimited = error instanceof RowlockError && error.code === 'rate_limited'
  return isLimited ? (error.details.retryAfterSeconds ?? 60) : 0
}

function wordsFor(error: unknown): string | null {
  const { code, what, advice } = explain(error)
  if (code === 'credentials_wrong') return WRONG
  return code === 'rate_limited' ? null : `${what} ${advice}`
}
