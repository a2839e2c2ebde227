import type { SystemState } from '../../../src/protocol/index.ts'
import { count } from '../time/format.ts'

type Failure = SystemState['database']['failures'][number]

/** Meanings of each kind of failure, for who has to do something. */
const MEANINGS: Readonly<Record<string, string>> = {
  retry: 'Rolled back, and sent again',
  locked: 'Somebody else had it locked',
  lost: 'The connection was lost',
  read_only: 'Read-only',
  refused: 'It was refused, or refused us',
  timeout: 'It took too long',
  full: 'Out of space',
  behind: 'Not migrated to this version',
  bug: 'A bug in Rowlock',
}

/** Tells what a failure means: who is not let in has made no mistake in a statement. */
function meaningOf(kind: string, place: string): string {
  if (kind === 'bug' && place === 'connect') return 'It lets nobody in'
  return MEANINGS[kind] ?? kind
}

/** Table of what failed at the database since the server started; nothing where nothing did. */
export function DatabaseFailures({ failures }: { failures: readonly Failure[] }) {
  if (failures.length === 0) return null
  const sorted = [...failures].sort((one, two) => two.count - one.count)
  return (
    <>
      <div class="page-head">
        <h2>Database failures</h2>
      </div>
      <section class="card chart-card">
        <table class="failures">
          <thead class="unseen">
            <tr>
              <th scope="col">SQLSTATE</th>
              <th scope="col">What happened</th>
              <th scope="col">Times</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ kind, sqlstate, place, count: times }) => (
              <tr key={`${kind} ${sqlstate} ${place}`}>
                <th scope="row">{sqlstate}</th>
                <td>
                  {meaningOf(kind, place)} <span class="quiet">({place})</span>
                </td>
                <td class="refusals-count">{count(times)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}
