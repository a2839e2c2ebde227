import type { PlanSummary, PlanWarning } from '../../../src/protocol/index.ts'
import { Icon } from '../parts/icon.tsx'
import { count, plural } from '../time/format.ts'

/**
 * List of what a plan was understood as, in numbers: somebody who knows the house sees what is
 * wrong.
 */
export function SummaryList({ summary }: { summary: PlanSummary }) {
  const { longestRow, categories } = summary
  const facts: (readonly [string, string])[] = [
    ['Sections', count(summary.sections)],
    ['Rows', count(summary.rows)],
  ]
  if (longestRow !== null) facts.push(['Longest row', longestText(longestRow)])
  if (summary.seatsWithoutRow > 0) facts.push(['Without a row', count(summary.seatsWithoutRow)])
  if (summary.generalAdmission > 0) facts.push(['Places', count(summary.generalAdmission)])
  if (summary.accessible > 0) facts.push(['Accessible', count(summary.accessible)])
  if (summary.companion > 0) facts.push(['Companion seats', count(summary.companion)])
  if (summary.restrictedView > 0) facts.push(['Restricted view', count(summary.restrictedView)])
  return (
    <>
      <dl class="figures plan-figures">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">
        {categories.map(({ name, seats }) => `${name}: ${plural(seats, 'seat')}`).join(' · ')}
      </p>
    </>
  )
}

function longestText({ section, row, seats }: NonNullable<PlanSummary['longestRow']>): string {
  return `${section === null ? '' : `${section} `}${row}: ${count(seats)}`
}

/** List of what was read and may not be meant. It does not stand in the way of storing the plan. */
export function WarningList({ warnings }: { warnings: readonly PlanWarning[] }) {
  if (warnings.length === 0) return null
  return (
    <div class="note is-hint" role="status">
      <Icon name="warning" />
      <div class="note-text">
        <p class="note-title">Check this before you continue</p>
        <ul class="mistakes">
          {warnings.map(({ code, message, examples }) => (
            <li key={code}>
              {message}
              {examples.length > 0 && <span class="quiet"> {examples.slice(0, 6).join(', ')}</span>}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
