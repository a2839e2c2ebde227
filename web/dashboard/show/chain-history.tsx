import { When } from '../parts/when.tsx'
import { nameOfActor } from '../session/actor-names.ts'
import { now } from '../time/clock.ts'
import { describeEntry } from './describe-entry.ts'
import { type Chain, endOf } from './ledger.ts'
import type { ShowDesk } from './show-desk.ts'

/** The id of one chain and every entry of it, folded away until it is asked for. */
export function ChainHistory({ chain, desk }: { chain: Chain; desk: ShowDesk }) {
  const end = endOf(chain, now.value)
  const entries = end === null ? chain.entries : [...chain.entries, end]
  return (
    <details class="history">
      <summary>History and id</summary>
      <p>
        <code class="id">{chain.id}</code>
      </p>
      <ol>
        {entries.map((entry) => {
          const { verb, what, about } = describeEntry(entry, desk.list)
          return (
            <li key={entry.version}>
              <b>{verb}</b> {what} <span class="quiet">{about}</span>{' '}
              <span class="quiet">
                {entry.actor !== '' && `by ${nameOfActor(entry.actor)}, `}
                <When at={entry.at} />
              </span>
            </li>
          )
        })}
      </ol>
    </details>
  )
}
