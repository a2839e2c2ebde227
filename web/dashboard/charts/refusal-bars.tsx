import { watchedFetch } from '../api/reachability.ts'
import { useQuery } from '../api/use-query.ts'
import { Skeleton } from '../parts/skeleton.tsx'
import { When } from '../parts/when.tsx'
import { readMetrics, type Sample, sumOf } from '../system/metrics.ts'
import { count } from '../time/format.ts'

const EVERY_MS = 4_000

/** What was refused, by code. A server counts for itself, over all shows, since it started. */
export function RefusalBars() {
  const { value } = useQuery(({ signal }) => readMetrics(watchedFetch, signal), [], EVERY_MS)
  const codes = value === null ? [] : refusalsOf(value)
  const most = codes[0]?.total ?? 1
  return (
    <section class="card chart-card">
      {value === null ? (
        <Skeleton lines={4} label="Reading the figures" />
      ) : codes.length === 0 ? (
        <p>This server has refused nothing yet.</p>
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
            {codes.map(({ code, total }) => (
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
      {value !== null && (
        <p class="quiet">
          Counted by this server, over all shows, since it started <When at={startOf(value)} />.
          Other servers on the same database count for themselves.
        </p>
      )}
    </section>
  )
}

function refusalsOf(samples: readonly Sample[]): { code: string; total: number }[] {
  const totals = new Map<string, number>()
  for (const { name, labels, value } of samples) {
    const code = labels.code ?? ''
    if (name === 'rowlock_refusals_total') totals.set(code, (totals.get(code) ?? 0) + value)
  }
  return [...totals]
    .map(([code, total]) => ({ code, total }))
    .sort((a, b) => b.total - a.total || a.code.localeCompare(b.code))
}

/** When the server started, RFC 3339. */
export function startOf(samples: readonly Sample[]): string {
  return new Date(1000 * sumOf(samples, 'process_start_time_seconds')).toISOString()
}
