import type { Me } from '../../../src/protocol/index.ts'
import { useSending } from '../api/use-sending.ts'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { When } from '../parts/when.tsx'
import { signOut } from '../session/sign-in.ts'
import { SessionList } from './session-list.tsx'

/** Card that tells how long this session lasts, with the ways out: here, or on every device. */
export function SessionsCard({ session }: { session: NonNullable<Me['session']> }) {
  const { isBusy, error, send } = useSending()
  const leave = (isEverywhere: boolean) =>
    send(async () => {
      await signOut(isEverywhere)
      say(isEverywhere ? 'Signed out on every device.' : 'Signed out.')
    })
  return (
    <section class="card step" aria-labelledby="sessions">
      <h2 id="sessions">Sessions</h2>
      <p class="quiet">
        This one ends <When at={session.expiresAt} />, or when you sign out. Sign out everywhere if
        a device was lost.
      </p>
      <SessionList />
      {error !== null && <TroubleNote error={error} />}
      <div class="form-actions">
        <button type="button" class="button" disabled={isBusy} onClick={() => leave(false)}>
          Sign out
        </button>
        <button type="button" class="button" disabled={isBusy} onClick={() => leave(true)}>
          Sign out everywhere
        </button>
      </div>
    </section>
  )
}
