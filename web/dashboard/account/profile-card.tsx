import { useState } from 'preact/hooks'
import type { ChangeMeBody, User } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { useSending } from '../api/use-sending.ts'
import { TextField } from '../parts/field.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { setUser } from '../session/identity.ts'

/** Name, e-mail, telephone. Another e-mail takes the password. */
export function ProfileCard({ user }: { user: User }) {
  const [name, setName] = useState(user.name)
  const [email, setEmail] = useState(user.email ?? '')
  const [phone, setPhone] = useState(user.phone ?? '')
  const [password, setPassword] = useState('')
  const { isBusy, error, dismiss, send } = useSending()
  const isOtherEmail = email.trim() !== (user.email ?? '')
  const changes: ChangeMeBody = {
    ...(name.trim() !== user.name && { name: name.trim() }),
    ...(isOtherEmail && { email: email.trim() }),
    ...(phone.trim() !== (user.phone ?? '') && { phone: phone.trim() || null }),
  }
  const isChanged = Object.keys(changes).length > 0
  const needsPassword = isOtherEmail && user.hasPassword
  const isWrong = error !== null && explain(error).code === 'credentials_wrong'
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      setUser(await client.value.changeMe({ ...changes, ...(needsPassword && { password }) }))
      setPassword('')
      say('Saved.')
    })
  }
  return (
    <section class="card step" aria-labelledby="profile">
      <h2 id="profile">You</h2>
      <form class="step-form" onSubmit={submit}>
        <div class="fields">
          <TextField
            label="Name"
            value={name}
            onInput={setName}
            required
            maxLength={200}
            autoComplete="name"
          />
          {user.hasPassword && (
            <TextField
              label="E-mail"
              type="email"
              value={email}
              onInput={setEmail}
              required
              autoComplete="email"
            />
          )}
          <TextField
            label="Telephone"
            type="tel"
            value={phone}
            onInput={setPhone}
            hint="Optional"
            autoComplete="tel"
          />
          {needsPassword && (
            <TextField
              label="Your password"
              type="password"
              value={password}
              onInput={setPassword}
              wrong={isWrong ? 'This is not your password.' : null}
              hint="Needed for another e-mail."
              required
              autoComplete="current-password"
            />
          )}
        </div>
        {error !== null && !isWrong && <TroubleNote error={error} onDismiss={dismiss} />}
        <div class="form-actions">
          <button type="submit" class="button" disabled={isBusy || !isChanged}>
            {isBusy ? 'Saving…' : 'Save'}
          </button>
        </div>
      </form>
    </section>
  )
}
