import { TextField } from './field.tsx'

/** Six digits of an authenticator app; phones offer them. A recovery code fits as well. */
export function CodeField(props: {
  label: string
  value: string
  onInput: (code: string) => void
  isWrong: boolean
  /** True unless told otherwise. */
  required?: boolean
  hint?: string
  autoFocus?: boolean
}) {
  const { isWrong, ...rest } = props
  return (
    <TextField
      required
      {...rest}
      name="code"
      autoComplete="one-time-code"
      wrong={isWrong ? 'This code is wrong, or was already used. Try the next one.' : null}
    />
  )
}
