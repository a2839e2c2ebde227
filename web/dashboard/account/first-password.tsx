import { useState } from 'preact/hooks'
import type { User } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { setUser } from '../identity/identity.ts'
import { TextField } from '../parts/field.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { PASSWORD_HINT } from './password-card.tsx'

/** Sets the e-mail address and the password with which a user who came by a link comes back. */
export function FirstPassword({ user }: { user: User }) {
  const [email, setEmail] = useState(user.email ?? '')
  const [password, setPassword] = useState('')
  const { isBusy, error, dismiss, send } = useSending()
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      const given = email.trim()
      const known = given === user.email ? user : await client.value.changeMe({ email: given })
      await client.value.changePassword({ password })
      setUser({ ...known, hasPassword: true })
      say('Done. From now on you can sign in with your e-mail and password.')
    })
  }
  return (
    <section class="card step" aria-labelledby="first-password">
      <h2 id="first-password">Sign in without a link</h2>
      <form class="step-form" onSubmit={submit}>
        <div class="fields">
          <TextField
            label="Your e-mail"
            name="email"
            type="email"
            value={email}
            onInput={setEmail}
            required
            autoComplete="username"
          />
          <TextField
            label="Choose a password"
            name="password"
            type="password"
            value={password}
            onInput={setPassword}
            required
            hint={PASSWORD_HINT}
            autoComplete="new-password"
          />
        </div>
        {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
        <div class="form-actions">
          <button type="submit" class="button is-primary" disabled={isBusy}>
            {isBusy ? 'Saving…' : 'Set e-mail and password'}
          </button>
        </div>
      </form>
    </section>
  )
}
