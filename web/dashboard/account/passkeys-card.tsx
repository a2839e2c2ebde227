import { useState } from 'preact/hooks'
import type { Passkey, User } from '../../../src/protocol/index.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/use-pages.ts'
import { setUser } from '../identity/identity.ts'
import { TextField } from '../parts/field.tsx'
import { ListEnd } from '../parts/list-end.tsx'
import { say } from '../parts/toast.tsx'
import { When } from '../parts/when.tsx'
import { makePasskey, whyNoPasskeys } from '../session/passkey.ts'
import { deviceName } from './device-name.ts'
import { ProofDialog } from './proof.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

/** Passkeys: those that there are, and the way to another one. */
export function PasskeysCard({ user }: { user: User }) {
  const [changes, setChanges] = useState(0)
  const list = usePages(() => client.value.listMyPasskeys(), [client.value, changes])
  const [codes, setCodes] = useState<readonly string[]>([])
  const [isAdding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<Passkey | null>(null)
  const whyNot = whyNoPasskeys()
  const note = () => setChanges((count) => count + 1)
  return (
    <section class="card step" aria-labelledby="passkeys">
      <h2 id="passkeys">
        Passkeys {user.secondFactors.includes('passkey') && <span class="badge is-good">On</span>}
      </h2>
      <p class="quiet">
        Sign in with your fingerprint, face or PIN, or a security key. With your password, a passkey
        is a second factor; it also works on its own.
      </p>
      {(list.items ?? []).length > 0 && (
        <ul class="session-list">
          {list.items?.map((passkey) => (
            <PasskeyRow key={passkey.id} of={passkey} onRemove={() => setLeaving(passkey)} />
          ))}
        </ul>
      )}
      {list.error !== null && <ListEnd list={list} />}
      {whyNot === null ? (
        <div class="form-actions">
          <button type="button" class="button" onClick={() => setAdding(true)}>
            Add a passkey
          </button>
        </div>
      ) : (
        <p class="note is-hint">{whyNot}</p>
      )}
      {isAdding && (
        <AddPasskey
          user={user}
          onAdded={note}
          onCodes={setCodes}
          onClose={() => setAdding(false)}
        />
      )}
      {leaving !== null && (
        <RemovePasskey
          user={user}
          passkey={leaving}
          onRemoved={note}
          onClose={() => setLeaving(null)}
        />
      )}
      {codes.length > 0 && <RecoveryCodes codes={codes} onClose={() => setCodes([])} />}
    </section>
  )
}

function PasskeyRow({ of, onRemove }: { of: Passkey; onRemove: () => void }) {
  return (
    <li class="session-row">
      <div class="row-what">
        <b>{of.name}</b>
        <p class="quiet">
          {of.host !== location.hostname && `For ${of.host}. `}
          {of.synced && 'On all your devices. '}
          Added <When at={of.createdAt} />
          {of.usedAt === null ? ', never used' : [', last used ', <When at={of.usedAt} />]}
        </p>
      </div>
      <button
        type="button"
        class="button is-small"
        aria-label={`Remove the passkey ${of.name}`}
        onClick={onRemove}
      >
        Remove
      </button>
    </li>
  )
}

function AddPasskey(props: {
  user: User
  onAdded: () => void
  onCodes: (codes: readonly string[]) => void
  onClose: () => void
}) {
  const { user } = props
  const [name, setName] = useState(() => deviceName(navigator.userAgent))
  const add = async (password: string, proof: object) => {
    const options = await client.value.beginPasskey({ password, ...proof })
    const credential = await makePasskey(options)
    const added = await client.value.confirmPasskey({ name: name.trim(), credential })
    const secondFactors = [...new Set([...user.secondFactors, 'passkey' as const])]
    setUser({ ...user, secondFactor: true, secondFactors })
    props.onAdded()
    props.onCodes(added.recoveryCodes)
    say(`The passkey “${added.passkey.name}” is added.`)
  }
  return (
    <ProofDialog
      title="Add a passkey"
      user={user}
      action="Add it"
      busy="Adding…"
      send={add}
      onClose={props.onClose}
    >
      <p>Your browser asks next where to keep it: on this device, on your phone or on a key.</p>
      <TextField
        label="Name"
        value={name}
        onInput={setName}
        maxLength={LIMITS.passkeyNameLengthMax}
        hint="To tell it from others later."
        required
      />
    </ProofDialog>
  )
}

function RemovePasskey(props: {
  user: User
  passkey: Passkey
  onRemoved: () => void
  onClose: () => void
}) {
  const { user, passkey } = props
  const remove = async (password: string, proof: object) => {
    const left = await client.value.removePasskey(passkey.id, { password, ...proof })
    setUser(left)
    props.onRemoved()
    say(
      left.secondFactor
        ? `The passkey “${passkey.name}” is removed.`
        : 'The passkey is removed. Your password alone now signs you in.',
    )
  }
  return (
    <ProofDialog
      title="Remove this passkey?"
      user={user}
      action="Remove it"
      busy="Removing…"
      isDanger
      send={remove}
      onClose={props.onClose}
    >
      <p>
        <b>{passkey.name}</b> signs you in no more. Delete it on the device as well: browsers go on
        offering it.
      </p>
    </ProofDialog>
  )
}
