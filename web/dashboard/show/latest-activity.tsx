import type { Show } from '../../../src/protocol/index.ts'
import { hrefOf } from '../address/routes.ts'
import { now } from '../time/clock.ts'
import { EntryLine, newness } from './entry-line.tsx'
import type { ShowDesk } from './show-desk.ts'

const LISTED_MAX = 6

/** The last things that happened, and the way to all of them. */
export function LatestActivity({ desk, show }: { desk: ShowDesk; show: Show }) {
  const state = desk.journal?.state.value
  if (state === undefined) return null
  const latest = state.ledger.timeline(now.value, LISTED_MAX).toReversed()
  return (
    <section class="desk-list">
      <h2>
        Activity
        <a href={hrefOf({ page: 'show', show: show.key, tab: 'activity' })}>all</a>
      </h2>
      <ul>
        {latest.map((entry) => (
          <li key={entry.version} class={newness(entry, state)}>
            <EntryLine entry={entry} desk={desk} />
          </li>
        ))}
      </ul>
    </section>
  )
}
