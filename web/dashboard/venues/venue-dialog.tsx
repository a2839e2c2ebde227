import { useState } from 'preact/hooks'
import { isTimeZone, type Venue } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { Dialog } from '../parts/dialog.tsx'
import { TextField } from '../parts/field.tsx'
import { TimeZoneField } from '../parts/time-zone-field.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { ownTimeZone } from '../time/zoned-time.ts'

/** A new venue, or another name and clock for one that is there. */
export function VenueDialog(props: {
  of: Venue | null
  onClose: () => void
  onSaved: (venue: Venue) => void
}) {
  const { of: venue, onClose, onSaved } = props
  const [name, setName] = useState(venue?.name ?? '')
  const [timeZone, setTimeZone] = useState(venue?.timeZone ?? ownTimeZone())
  const { isBusy, error, dismiss, send } = useSending()
  const isZone = isTimeZone(timeZone)
  const submit = (event: Event) => {
    event.preventDefault()
    void send(async () => {
      const body = { name: name.trim(), timeZone }
      const saved =
        venue === null
          ? await client.value.createVenue(body)
          : await client.value.changeVenue(venue.id, body)
      onSaved(saved)
      say(venue === null ? `${saved.name} created.` : `${saved.name} saved.`)
      onClose()
    })
  }
  return (
    <Dialog title={venue === null ? 'New venue' : `Change ${venue.name}`} onClose={onClose}>
      <form onSubmit={submit}>
        <TextField label="Name" value={name} onInput={setName} maxLength={200} required autoFocus />
        <TimeZoneField
          value={timeZone}
          onInput={setTimeZone}
          {...(!isZone && { wrong: 'Choose a time zone such as Europe/London.' })}
        />
        {venue !== null && (
          <p class="quiet">
            Shows keep their instants: in another time zone they show another hour.
          </p>
        )}
        {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
        <div class="dialog-actions">
          <button type="button" class="button is-plain" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            class="button is-primary"
            disabled={isBusy || !isZone || name.trim() === ''}
          >
            {venue === null ? 'Create the venue' : 'Save'}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
