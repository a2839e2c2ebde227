import type { SecondFactorKind } from '../../../src/protocol/index.ts'
import { CodeField } from '../parts/code-field.tsx'
import { Icon } from '../parts/icon.tsx'
import { canUsePasskeys } from './passkey.ts'

/** Fields for a second factor: a button for passkeys, and a field for codes. */
export function FactorFields(props: {
  factors: readonly SecondFactorKind[]
  code: string
  onInput: (code: string) => void
  isWrong: boolean
  isBusy: boolean
  onPasskey: () => void
}) {
  const { factors } = props
  const offersPasskey = canUsePasskeys && factors.includes('passkey')
  return (
    <>
      {offersPasskey && (
        <button
          type="button"
          class="button is-wide"
          disabled={props.isBusy}
          onClick={props.onPasskey}
        >
          <Icon name="key" /> Use a passkey
        </button>
      )}
      <CodeField
        label={factors.includes('app') ? 'Code' : 'Recovery code'}
        value={props.code}
        onInput={props.onInput}
        isWrong={props.isWrong}
        autoFocus={!offersPasskey}
      />
    </>
  )
}
