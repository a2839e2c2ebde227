import { useEffect, useState } from 'preact/hooks'
import type { SignInLink, User } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { CopyField } from '../parts/copy-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { When } from '../parts/when.tsx'

/** Makes a link that signs somebody in once, to be handed over by whatever way is at hand. */
export function LinkDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const [link, setLink] = useState<SignInLink | null>(null)
  const { error, send } = useSending()
  const make = () => {
    void send(async () => setLink(await client.value.createSignInLink(user.id)))
  }
  useEffect(make, [])
  return (
    <Dialog title={`Sign-in link for ${user.name}`} onClose={onClose}>
      <p>
        It signs {user.name} in once, within half an hour. Give it to no one else: anyone who opens
        it is signed in as {user.name}.
      </p>
      <div class="dialog-part">
        {error !== null && <TroubleNote error={error} onRetry={make} />}
        {error === null && link === null && <Skeleton lines={2} label="Making a link" />}
        {link !== null && (
          <>
            <CopyField label="Link" value={`${location.origin}${link.path}`} />
            <p class="quiet">
              Ends <When at={link.expiresAt} />. It is not shown again.
            </p>
          </>
        )}
      </div>
      <div class="dialog-actions">
        <button type="button" class="button is-primary" onClick={onClose}>
          Done
        </button>
      </div>
    </Dialog>
  )
}
