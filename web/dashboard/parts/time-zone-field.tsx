import { TextField } from './field.tsx'

const ZONES = Intl.supportedValuesOf('timeZone')

/** Chooses the time zone of a venue. */
export function TimeZoneField(props: {
  value: string
  wrong?: string | undefined
  onInput: (timeZone: string) => void
}) {
  return (
    <>
      <TextField
        label="Time zone"
        value={props.value}
        wrong={props.wrong}
        list="time-zones"
        onInput={props.onInput}
        required
      />
      <datalist id="time-zones">
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  )
}
