import { nameOfActor } from '../access/actor-names.ts'
import { When } from '../parts/when.tsx'
import { describeEntry } from './describe-entry.ts'
import type { Chain } from './ledger.ts'

/** The id of one chain and every entry of it, folded away until it is asked for. */
export function ChainHistory({ chain }: { chain: Chain }) {
  return (
    <details class="history">
      <summary>History and id</summary>
      <p>
        <code class="id">{chain.id}</code>
      </p>
      <ol>
        {chain.entries.map((entry) => {
          const { verb, what, about } = describeEntry(entry)
          return (
            <li key={entry.version}>
              <b>{verb}</b> {what} <span class="quiet">{about}</span>{' '}
              <span class="quiet">
                by {nameOfActor(entry.actor)}, <When at={entry.at} />
              </span>
            </li>
          )
        })}
      </ol>
    </details>
  )
}
