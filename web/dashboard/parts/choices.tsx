import { useId } from 'preact/hooks'

/** A few ways to choose from, each with a sentence about what it means. */
export function Choices<Value extends string>(props: {
  label: string
  choices: readonly { value: Value; name: string; hint: string }[]
  value: Value
  onChange: (value: Value) => void
}) {
  const id = useId()
  return (
    <fieldset class="choices">
      <legend>{props.label}</legend>
      {props.choices.map(({ value, name, hint }) => (
        <div key={value} class="choice">
          <input
            id={`${id}-${value}`}
            type="radio"
            name={id}
            checked={value === props.value}
            aria-describedby={`${id}-${value}-hint`}
            onChange={() => props.onChange(value)}
          />
          <label for={`${id}-${value}`}>{name}</label>
          <p id={`${id}-${value}-hint`} class="field-hint">
            {hint}
          </p>
        </div>
      ))}
    </fieldset>
  )
}
