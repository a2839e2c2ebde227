import type { ApiKey } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { say } from '../parts/toast.tsx'

/** Asks before a key is taken away: whatever uses it stops at once, for good. */
export function RevokeKey(props: {
  of: ApiKey
  onClose: () => void
  onRevoked: (key: ApiKey) => void
}) {
  const { of: key, onClose, onRevoked } = props
  const revoke = async () => {
    onRevoked(await client.value.revokeApiKey(key.id))
    onClose()
    say(`${key.name} is revoked.`)
  }
  return (
    <ConfirmDialog title={`Revoke ${key.name}?`} action="Revoke" act={revoke} onClose={onClose}>
      Anything that uses it will be refused within seconds. You can’t undo this. Seats sold with it
      stay sold.
    </ConfirmDialog>
  )
}
