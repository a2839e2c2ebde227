import { useState } from 'preact/hooks'
import { isTimeZone, type Venue } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { TextField } from '../parts/field.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { TimeZoneField } from '../parts/time-zone-field.tsx'
import { say } from '../parts/toast.tsx'
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
  const isZone = isTimeZone(timeZone)
  const submit = async () => {
    const body = { name: name.trim(), timeZone }
    const saved =
      venue === null
        ? await client.value.createVenue(body)
        : await client.value.changeVenue(venue.id, body)
    onSaved(saved)
    say(venue === null ? `${saved.name} created.` : `${saved.name} saved.`)
    onClose()
  }
  return (
    <FormDialog
      title={venue === null ? 'New venue' : `Change ${venue.name}`}
      action={venue === null ? 'Create the venue' : 'Save'}
      isReady={isZone && name.trim() !== ''}
      submit={submit}
      onClose={onClose}
    >
      <TextField label="Name" value={name} onInput={setName} maxLength={200} required autoFocus />
      <TimeZoneField
        value={timeZone}
        onInput={setTimeZone}
        {...(!isZone && { wrong: 'Choose a time zone such as Europe/London.' })}
      />
      {venue !== null && (
        <p class="quiet">
          Shows still start at the same instant; another time zone displays another hour.
        </p>
      )}
    </FormDialog>
  )
}
