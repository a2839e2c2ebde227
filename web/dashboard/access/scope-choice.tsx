import { useId } from 'preact/hooks'
import type { Scope } from '../../../src/protocol/index.ts'

/** Meaning of each scope. */
export const MEANINGS: Readonly<Record<Scope, string>> = {
  sell: 'hold, extend, release, confirm, book',
  amend: 'cancel, swap and hand on bookings',
  block: 'block and unblock seats, book out of blocks',
  journal: 'read the history of shows',
  catalogue: 'create venues, plans and shows, change terms',
  webhooks: 'set up webhooks, read events',
}
const SCOPES = Object.keys(MEANINGS) as Scope[]

/** Choice of what a key may be used for, each with what that means. */
export function ScopeChoice(props: {
  value: readonly Scope[]
  onChange: (scopes: Scope[]) => void
}) {
  const id = useId()
  const { value, onChange } = props
  return (
    <fieldset class="choices">
      <legend>What it may do</legend>
      {SCOPES.map((scope) => (
        <div key={scope} class="choice">
          <input
            id={`${id}-${scope}`}
            type="checkbox"
            checked={value.includes(scope)}
            aria-describedby={`${id}-${scope}-hint`}
            onChange={({ currentTarget }) =>
              onChange(SCOPES.filter((one) => isOn(one, scope, currentTarget.checked, value)))
            }
          />
          <label for={`${id}-${scope}`}>{scope}</label>
          <p id={`${id}-${scope}-hint`} class="field-hint">
            {MEANINGS[scope]}
          </p>
        </div>
      ))}
    </fieldset>
  )
}

function isOn(one: Scope, pressed: Scope, isChecked: boolean, before: readonly Scope[]): boolean {
  return one === pressed ? isChecked : before.includes(one)
}
