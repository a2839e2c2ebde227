import { useState } from 'preact/hooks'
import type { Show } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'

/** Takes the whole show off sale, or puts it back. Asks first: everybody notices. */
export function CancelShow({ show, onChange }: { show: Show; onChange: () => void }) {
  const [isAsking, ask] = useState(false)
  const { isBusy, error, dismiss, send } = useSending()
  const isCancelled = show.cancelledAt !== null
  const change = async (cancelled: boolean) => {
    await client.value.changeShow(show.key, { cancelled })
    ask(false)
    say(cancelled ? 'The show is cancelled.' : 'The show is on sale again.', async () => {
      await client.value.changeShow(show.key, { cancelled: !cancelled })
      onChange()
      return cancelled ? 'The show is on sale again.' : 'The show is cancelled.'
    })
    onChange()
  }
  return (
    <section class="card danger">
      <div>
        <h3>{isCancelled ? 'This show is cancelled' : 'Cancel the show'}</h3>
        <p class="quiet">
          {isCancelled
            ? 'Nothing can be held or booked. Existing bookings are still there.'
            : 'Nothing more can be held or booked. Bookings stay until you cancel each of them.'}
        </p>
        {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
      </div>
      <button
        type="button"
        class={`button ${isCancelled ? '' : 'is-danger'}`}
        disabled={isBusy}
        onClick={() => (isCancelled ? void send(() => change(false)) : ask(true))}
      >
        {isCancelled ? 'Reinstate' : 'Cancel the show…'}
      </button>
      {isAsking && (
        <ConfirmDialog
          title={`Cancel ${show.title}?`}
          action="Cancel the show"
          act={() => change(true)}
          onClose={() => ask(false)}
        >
          Nobody will be able to hold or book its seats. You can reinstate it later.
        </ConfirmDialog>
      )}
    </section>
  )
}
