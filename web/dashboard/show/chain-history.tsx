import { When } from '../parts/when.tsx'
import { describeEntry } from './describe-entry.ts'
import type { Chain } from './ledger.ts'

/** Every entry of one chain, folded away until it is asked for. */
export function ChainHistory({ chain }: { chain: Chain }) {
  return (
    <details class="history">
      <summary>History</summary>
      <ol>
        {chain.entries.map((entry) => {
          const { verb, what, about } = describeEntry(entry)
          return (
            <li key={entry.version}>
              <b>{verb}</b> {what} <span class="quiet">{about}</span>{' '}
              <span class="quiet">
                by {entry.actor}, <When at={entry.at} />
              </span>
            </li>
          )
        })}
      </ol>
    </details>
  )
}
