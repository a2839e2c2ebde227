import { Field } from './field.tsx'

/** A day, in seconds: long enough to change over, and what the API does unless told otherwise. */
export const DAY_SECONDS = 86_400

const OVERLAPS = [
  [0, 'At once'],
  [3_600, 'After an hour'],
  [DAY_SECONDS, 'After a day'],
  [604_800, 'After a week'],
] as const

/** Choice of how many seconds a secret goes on beside the new one. */
export function OverlapChoice(props: { value: number; onChange: (seconds: number) => void }) {
  return (
    <Field label="The old secret ends">
      {(tied) => (
        <select
          {...tied}
          value={String(props.value)}
          onChange={({ currentTarget }) => props.onChange(Number(currentTarget.value))}
        >
          {OVERLAPS.map(([seconds, words]) => (
            <option key={seconds} value={String(seconds)}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
