import type { ComponentChildren, InputHTMLAttributes } from 'preact'
import { useId } from 'preact/hooks'

/** A label, what is under it, a hint and what is wrong, all tied together for screen readers. */
export function Field(props: {
  label: string
  hint?: ComponentChildren
  wrong?: string | null | undefined
  children: (tied: {
    id: string
    'aria-describedby'?: string
    'aria-invalid'?: boolean
  }) => ComponentChildren
}) {
  const id = useId()
  const isWrong = typeof props.wrong === 'string'
  const isTold = isWrong || props.hint !== undefined
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.children({
        id,
        ...(isTold && { 'aria-describedby': `${id}-told` }),
        ...(isWrong && { 'aria-invalid': true }),
      })}
      {isTold && (
        <p id={`${id}-told`} class={isWrong ? 'field-wrong' : 'field-hint'}>
          {isWrong ? props.wrong : props.hint}
        </p>
      )}
    </div>
  )
}

/** A field for a line of text, which most are. */
export function TextField(props: {
  label: string
  value: string
  onInput: (value: string) => void
  hint?: ComponentChildren
  wrong?: string | null | undefined
  type?: 'text' | 'number' | 'datetime-local' | 'password' | 'search' | 'email' | 'tel' | 'url'
  name?: string
  placeholder?: string
  list?: string
  min?: number
  max?: number
  maxLength?: number
  required?: boolean
  autoFocus?: boolean
  autoComplete?: string
}) {
  const { label, hint, wrong, onInput, autoFocus = false, ...input } = props
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      {(tied) => (
        <input
          {...({ autoComplete: 'off', ...tied, ...input } as InputHTMLAttributes<HTMLInputElement>)}
          ref={(element: HTMLInputElement | null) => {
            if (autoFocus && element !== null && !element.dataset.focused) {
              element.dataset.focused = 'yes'
              // A dialog that opens around it would give the focus to its first button.
              element.autofocus = true
              element.focus()
            }
          }}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
