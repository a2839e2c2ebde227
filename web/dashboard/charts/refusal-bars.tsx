import type { SystemState } from '../../../src/protocol/index.ts'
import { Skeleton } from '../parts/skeleton.tsx'
import { When } from '../parts/when.tsx'
import { count } from '../time/format.ts'

/**
 * Bars of what was refused, by code. A server counts for itself, over all shows, since it started.
 */
export function RefusalBars({ state }: { state: SystemState | null }) {
  const codes = state?.refusals ?? []
  const most = codes[0]?.count ?? 1
  return (
    <section class="card chart-card">
      {state === null ? (
        <Skeleton lines={4} label="Reading the figures" />
      ) : codes.length === 0 ? (
        <p>This server hasn’t refused anything yet.</p>
      ) : (
        <table class="refusals">
          <thead class="unseen">
            <tr>
              <th scope="col">Code</th>
              <th scope="col">Share</th>
              <th scope="col">Refusals</th>
            </tr>
          </thead>
          <tbody>
            {codes.map(({ code, count: total }) => (
              <tr key={code}>
                <th scope="row">
                  <a href={`/errors/${code}`}>{code}</a>
                </th>
                <td class="refusals-bar">
                  <span style={{ width: `${(100 * total) / most}%` }} />
                </td>
                <td class="refusals-count">{count(total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {state !== null && (
        <p class="quiet">
          Counted by this server, over all shows, since it started <When at={state.startedAt} />.
          Other servers on the same database keep their own count.
        </p>
      )}
    </section>
  )
}
