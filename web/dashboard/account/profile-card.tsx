import { useState } from 'preact/hooks'
import type { ChangeMeBody, User } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { setUser } from '../identity/identity.ts'
import { TextField } from '../parts/field.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { useProof, wrongProof } from './proof.tsx'

interface Draft {
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly password: string
}

function draftOf({ name, email, phone }: User): Draft {
  return { name, email: email ?? '', phone: phone ?? '', password: '' }
}

/** Finds what of the draft differs from the account. */
function changesOf(draft: Draft, user: User): ChangeMeBody {
  const [name, email, phone] = [draft.name.trim(), draft.email.trim(), draft.phone.trim()]
  return {
    ...(name !== user.name && { name }),
    ...(email !== (user.email ?? '') && { email }),
    ...(phone !== (user.phone ?? '') && { phone: phone || null }),
  }
}

/** Name, e-mail, telephone. Another e-mail takes the password and the second factor. */
export function ProfileCard({ user }: { user: User }) {
  const [draft, setDraft] = useState(() => draftOf(user))
  const { isBusy, error, dismiss, send } = useSending()
  const changes = changesOf(draft, user)
  const isChanged = Object.keys(changes).length > 0
  const needsPassword = changes.email !== undefined && user.hasPassword
  const { field, take, clear } = useProof(user, ', for another e-mail')
  const wrong = wrongProof(error, user)
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      const { password } = draft
      const proof = needsPassword ? { password, ...(await take()) } : {}
      setUser(await client.value.changeMe({ ...changes, ...proof }))
      setDraft({ ...draft, password: '' })
      clear()
      say('Saved.')
    })
  }
  return (
    <section class="card step" aria-labelledby="profile">
      <h2 id="profile">You</h2>
      <form class="step-form" onSubmit={submit}>
        <ProfileFields
          draft={draft}
          hasEmail={user.hasPassword}
          onChange={(part) => setDraft({ ...draft, ...part })}
        />
        {needsPassword && (
          <div class="fields">
            <TextField
              label="Your password"
              type="password"
              value={draft.password}
              onInput={(password) => setDraft({ ...draft, password })}
              wrong={wrong}
              hint="Needed for another e-mail."
              required
              autoComplete="current-password"
            />
            {field}
          </div>
        )}
        {error !== null && wrong === null && <TroubleNote error={error} onDismiss={dismiss} />}
        <div class="form-actions">
          <button type="submit" class="button" disabled={isBusy || !isChanged}>
            {isBusy ? 'Saving…' : 'Save'}
          </button>
        </div>
      </form>
    </section>
  )
}

function ProfileFields(props: {
  draft: Draft
  /** False when there is no password yet: then one is set together with the e-mail address. */
  hasEmail: boolean
  onChange: (part: Partial<Draft>) => void
}) {
  const { draft, hasEmail, onChange } = props
  return (
    <div class="fields">
      <TextField
        label="Name"
        value={draft.name}
        onInput={(name) => onChange({ name })}
        required
        maxLength={200}
        autoComplete="name"
      />
      {hasEmail && (
        <TextField
          label="E-mail"
          type="email"
          value={draft.email}
          onInput={(email) => onChange({ email })}
          required
          autoComplete="email"
        />
      )}
      <TextField
        label="Telephone"
        type="tel"
        value={draft.phone}
        onInput={(phone) => onChange({ phone })}
        hint="Optional"
        autoComplete="tel"
      />
    </div>
  )
}
