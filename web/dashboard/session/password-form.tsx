import { useRef, useState } from 'preact/hooks'
import { RowlockError } from '../../../src/client/index.ts'
import { explain } from '../api/explain.ts'
import { CodeField } from '../parts/code-field.tsx'
import { TextField } from '../parts/field.tsx'
import { now } from '../time/clock.ts'
import { countdown } from '../time/format.ts'
import { signInWithPassword } from './sign-in.ts'

const WRONG = 'The e-mail or the password is wrong.'

/** E-mail, password and, where it takes one, a code, as password managers know them. */
export function PasswordForm(props: { email: string; onClose: () => void }) {
  const [email, setEmail] = useState(props.email)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const [waitUntil, setWaitUntil] = useState(0)
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  // With a code asked for, the password was right: then it is the code.
  const wrongPassword = code !== null && wrong === WRONG ? null : wrong
  const waitMs = waitUntil - now.value
  const submit = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    setWrong(null)
    try {
      await signInWithPassword(email.trim(), password, code?.trim())
    } catch (error) {
      setBusy(false)
      if (explain(error).code === 'second_factor_required') return setCode('')
      setWaitUntil(now.peek() + 1000 * retryAfter(error))
      setWrong(wordsFor(error))
      const name = code === null ? 'password' : 'code'
      form.current?.querySelector<HTMLInputElement>(`[name="${name}"]`)?.select()
    }
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
      {code !== null && (
        <CodeField
          label="Code"
          value={code}
          onInput={setCode}
          isWrong={wrong === WRONG}
          autoFocus
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
