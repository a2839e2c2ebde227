import { useState } from 'preact/hooks'
import type { NewSecondFactor, User } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import { useSending } from '../api/use-sending.ts'
import { setUser } from '../identity/identity.ts'
import { CodeField } from '../parts/code-field.tsx'
import { CopyField } from '../parts/copy-field.tsx'
import { TextField } from '../parts/field.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { useProof, wrongProof } from './proof.tsx'
import { QrCode } from './qr-code.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

/** Codes of an authenticator app beside the password: set up, or removed. */
export function SecondFactorCard({ user }: { user: User }) {
  const [begun, setBegun] = useState<NewSecondFactor | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const finish = (recoveryCodes: readonly string[]) => {
    setBegun(null)
    setCodes(recoveryCodes)
    setUser({ ...user, secondFactor: true, secondFactors: ['app', ...user.secondFactors] })
  }
  const has = user.secondFactors.includes('app')
  return (
    <section class="card step" aria-labelledby="second-factor">
      <h2 id="second-factor">Authenticator app {has && <span class="badge is-good">On</span>}</h2>
      {has && <RemoveFactor user={user} />}
      {!has && begun === null && <BeginFactor user={user} onBegun={setBegun} />}
      {!has && begun !== null && <ConfirmFactor of={begun} onConfirmed={finish} />}
      {codes !== null && <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
    </section>
  )
}

function isWrong(error: unknown): boolean {
  return error !== null && explain(error).code === 'credentials_wrong'
}

function BeginFactor(props: { user: User; onBegun: (factor: NewSecondFactor) => void }) {
  const { user } = props
  const [password, setPassword] = useState('')
  const { field, take } = useProof(user)
  const { isBusy, error, dismiss, send } = useSending()
  const wrong = wrongProof(error, user)
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      props.onBegun(await client.value.beginSecondFactor({ password, ...(await take()) }))
    })
  }
  return (
    <form class="step-form" onSubmit={submit}>
      <p class="quiet">
        A second factor, so that a stolen password is not enough: to sign in, you also need a code
        from an app on your phone.
      </p>
      <div class="fields">
        <TextField
          label="Password, to set it up"
          type="password"
          value={password}
          onInput={setPassword}
          wrong={wrong}
          required
          autoComplete="current-password"
        />
        {field}
      </div>
      {error !== null && wrong === null && <TroubleNote error={error} onDismiss={dismiss} />}
      <div class="form-actions">
        <button type="submit" class="button" disabled={isBusy}>
          {isBusy ? 'Asking…' : 'Set up an app'}
        </button>
      </div>
    </form>
  )
}

function ConfirmFactor(props: {
  of: NewSecondFactor
  onConfirmed: (recoveryCodes: readonly string[]) => void
}) {
  const { secret, uri } = props.of
  const [code, setCode] = useState('')
  const { isBusy, error, dismiss, send } = useSending()
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      const { recoveryCodes } = await client.value.confirmSecondFactor({ code: code.trim() })
      props.onConfirmed(recoveryCodes)
    })
  }
  return (
    <form class="step-form" onSubmit={submit}>
      <p>
        Scan this with your authenticator app. On the phone itself,{' '}
        <a href={uri}>open it in the app</a>; or type the secret.
      </p>
      <QrCode text={uri} label="QR code for an authenticator app" />
      <CopyField label="Secret" value={secret} />
      <CopyField label="Address for the app" value={uri} />
      <CodeField
        label="Code that the app shows"
        value={code}
        onInput={setCode}
        isWrong={isWrong(error)}
      />
      {error !== null && !isWrong(error) && <TroubleNote error={error} onDismiss={dismiss} />}
      <div class="form-actions">
        <button type="submit" class="button is-primary" disabled={isBusy}>
          {isBusy ? 'Confirming…' : 'Confirm'}
        </button>
      </div>
    </form>
  )
}

function RemoveFactor({ user }: { user: User }) {
  const [password, setPassword] = useState('')
  const { field, take } = useProof(user)
  const { isBusy, error, dismiss, send } = useSending()
  const wrong = wrongProof(error, user)
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      const left = await client.value.removeSecondFactor({ password, ...(await take()) })
      setUser(left)
      say(
        left.secondFactor
          ? 'The app is removed. Your passkeys still work.'
          : 'The app is removed. Your password alone now signs you in.',
      )
    })
  }
  return (
    <form class="step-form" onSubmit={submit}>
      <p class="quiet">Enter a code from your authenticator app, or a recovery code.</p>
      <div class="fields">
        <TextField
          label="Password, to remove it"
          type="password"
          value={password}
          onInput={setPassword}
          wrong={wrong}
          required
          autoComplete="current-password"
        />
        {field}
      </div>
      {error !== null && wrong === null && <TroubleNote error={error} onDismiss={dismiss} />}
      <div class="form-actions">
        <button type="submit" class="button is-danger" disabled={isBusy}>
          {isBusy ? 'Removing…' : 'Remove the app'}
        </button>
      </div>
    </form>
  )
}
