import type { Show } from '../../../src/protocol/index.ts'
import { Field } from '../parts/field.tsx'
import { duration } from '../time/format.ts'

const OFFERED = [30, 120, 300, 600, 900, 1_800, 3_600]

/** Field for how long to hold, within the bounds of the show; null is the show's usual time. */
export function HoldSeconds(props: {
  show: Show
  value: number | null
  onChange: (seconds: number | null) => void
  label?: string
}) {
  const { show, value, onChange, label = 'Hold for' } = props
  const offered = OFFERED.filter((one) => one <= show.holdSecondsMax && one !== show.holdSeconds)
  return (
    <Field label={label}>
      {(tied) => (
        <select
          {...tied}
          value={value === null ? '' : String(value)}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.value === '' ? null : Number(currentTarget.value))
          }}
        >
          <option value="">{duration(show.holdSeconds)} (usual)</option>
          {offered.map((seconds) => (
            <option key={seconds} value={String(seconds)}>
              {duration(seconds)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
