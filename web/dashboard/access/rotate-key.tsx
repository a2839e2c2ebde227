import type { ApiKey, ApiKeyWithSecret } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { RotateDialog } from '../parts/rotate-dialog.tsx'

/** A new secret; the old one goes on working until the partner has changed over. */
export function RotateKey(props: {
  of: ApiKey
  onClose: () => void
  onRotated: (key: ApiKeyWithSecret) => void
}) {
  const { id, name } = props.of
  const rotate = async (overlapSeconds: number) => {
    props.onRotated(await client.value.rotateApiKey(id, { overlapSeconds }))
  }
  return (
    <RotateDialog of={name} rotate={rotate} onClose={props.onClose}>
      Scopes and shows stay. Both secrets work until the old one ends.
    </RotateDialog>
  )
}
