import type { PlanOverview } from '../../../src/protocol/index.ts'
import { may } from '../identity/identity.ts'
import { plural } from '../time/format.ts'

/** One plan: how large it is, whether it is in use, and what can be done with it. */
export function PlanRow(props: {
  of: PlanOverview
  isBusy: boolean
  onRename: () => void
  onRetire: () => void
}) {
  const { of: plan, isBusy, onRename, onRetire } = props
  const isRetired = plan.retiredAt !== null
  const act = isRetired ? 'Bring back' : 'Retire'
  return (
    <li class="row is-pair">
      <div class="row-what">
        <p class="row-name">
          {plan.name} {isRetired && <span class="badge">retired</span>}
        </p>
        <p class="quiet">
          {plural(plan.seatCount, 'seat')} · {plural(plan.showCount, 'show')}
        </p>
      </div>
      {may('catalogue') && (
        <div class="row-actions">
          <button
            type="button"
            class="button is-small"
            aria-label={`Rename: ${plan.name}`}
            onClick={onRename}
          >
            Rename…
          </button>
          <button
            type="button"
            class="button is-small"
            aria-label={`${act}: ${plan.name}`}
            disabled={isBusy}
            onClick={onRetire}
          >
            {act}
          </button>
        </div>
      )}
    </li>
  )
}
