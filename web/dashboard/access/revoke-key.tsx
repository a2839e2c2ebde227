import type { ApiKey } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { Dialog } from '../parts/dialog.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'

/** Asks before a key is taken away: whatever uses it stops at once, for good. */
export function RevokeKey(props: {
  of: ApiKey
  onClose: () => void
  onRevoked: (key: ApiKey) => void
}) {
  const { of: key, onClose, onRevoked } = props
  const { isBusy, error, dismiss, send } = useSending()
  const revoke = () =>
    send(async () => {
      onRevoked(await client.value.revokeApiKey(key.id))
      onClose()
      say(`${key.name} is revoked.`)
    })
  return (
    <Dialog title={`Revoke ${key.name}?`} onClose={onClose}>
      <p>
        Whatever uses it is refused within seconds. It cannot be taken back; what was sold with it
        stays sold.
      </p>
      {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
      <div class="dialog-actions">
        <button type="button" class="button is-plain" onClick={onClose}>
          Keep it
        </button>
        <button type="button" class="button is-danger" disabled={isBusy} onClick={revoke}>
          Revoke
        </button>
      </div>
    </Dialog>
  )
}
