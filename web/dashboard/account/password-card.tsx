import { useState } from 'preact/hooks'
import type { User } from '../../../src/protocol/index.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { TextField } from '../parts/field.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { plural } from '../time/format.ts'
import { useProof, wrongProof } from './proof.tsx'

/** Hint at what a password must be, before anybody types one. */
export const PASSWORD_HINT = `At least ${LIMITS.passwordLengthMin} characters, not a common one.`

/** Another password, with a proof of the second factor; ends every other session. */
export function PasswordCard({ user }: { user: User }) {
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const { field, take, clear } = useProof(user, ', for a new password')
  const { isBusy, error, dismiss, send } = useSending()
  const wrong = wrongProof(error, user)
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      const proof = await take()
      const { ended } = await client.value.changePassword({ current, password, ...proof })
      setCurrent('')
      setPassword('')
      clear()
      const others = ended === 0 ? '' : ` ${plural(ended, 'other session')} ended.`
      say(`The password is changed.${others}`)
    })
  }
  return (
    <section class="card step" aria-labelledby="password">
      <h2 id="password">Password</h2>
      <form class="step-form" onSubmit={submit}>
        {/* Password managers want to know whose it is. */}
        <input type="hidden" name="email" autoComplete="username" value={user.email ?? ''} />
        <div class="fields">
          <TextField
            label="Current password"
            type="password"
            value={current}
            onInput={setCurrent}
            wrong={wrong}
            required
            autoComplete="current-password"
          />
          <TextField
            label="New password"
            type="password"
            value={password}
            onInput={setPassword}
            required
            hint={PASSWORD_HINT}
            autoComplete="new-password"
          />
          {field}
        </div>
        {error !== null && wrong === null && <TroubleNote error={error} onDismiss={dismiss} />}
        <div class="form-actions">
          <button type="submit" class="button" disabled={isBusy}>
            {isBusy ? 'Changing…' : 'Change password'}
          </button>
        </div>
      </form>
    </section>
  )
}
