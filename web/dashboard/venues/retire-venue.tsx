import type { Venue } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'

/** Ends a venue, or brings it back; either can be taken back, so nobody is asked twice. */
export function RetireVenue({ of: venue, onDone }: { of: Venue; onDone: () => void }) {
  const { isBusy, error, dismiss, send } = useSending()
  const retired = venue.retiredAt === null
  const retire = () =>
    send(async () => {
      await client.value.changeVenue(venue.id, { retired })
      say(retired ? 'Retired: new plans and shows need another venue.' : 'It can be used again.')
      onDone()
    })
  return (
    <>
      {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
      <button type="button" class="button" disabled={isBusy} onClick={() => void retire()}>
        {retired ? 'Retire' : 'Bring back'}
      </button>
    </>
  )
}
