import { TextField } from './field.tsx'

/** Six digits of an authenticator app; phones offer them. A recovery code fits as well. */
export function CodeField(props: {
  label: string
  value: string
  onInput: (code: string) => void
  isWrong: boolean
  autoFocus?: boolean
}) {
  const { isWrong, ...rest } = props
  return (
    <TextField
      {...rest}
      name="code"
      required
      autoComplete="one-time-code"
      wrong={isWrong ? 'This code is wrong, or was used already: take the next one.' : null}
    />
  )
}
