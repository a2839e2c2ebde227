import { useRef } from 'preact/hooks'
import { useTitle } from '../address/title.ts'
import { client } from '../api/client.ts'
import { isReachable } from '../api/reachability.ts'
import { useQuery } from '../api/use-query.ts'
import { LineChart } from '../charts/line-chart.tsx'
import type { ChartLine } from '../charts/plot.ts'
import { RefusalBars } from '../charts/refusal-bars.tsx'
import { may } from '../identity/identity.ts'
import { Skeleton } from '../parts/skeleton.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { SignInHint } from '../session/sign-in-hint.tsx'
import { count } from '../time/format.ts'
import { DatabaseFailures } from './database-failures.tsx'
import { HealthCards } from './health-cards.tsx'
import { Rates } from './rates.ts'

const EVERY_MS = 2_000
const LINES: readonly ChartLine[] = [
  { label: 'Requests per second', color: '--accent', isFilled: true },
  { label: 'Commands per second', color: '--held', dash: [5, 4] },
]

/** Page of how the server and its database are, live. For operators. */
export function SystemPage() {
  useTitle('System')
  return (
    <section class="page">
      <div class="page-head">
        <h1>System</h1>
      </div>
      {may('administer') ? (
        <SystemView />
      ) : (
        <SignInHint>Sign in as an operator to see the state of the server.</SignInHint>
      )}
    </section>
  )
}

function SystemView() {
  const rates = useRef(new Rates())
  const { value, error } = useQuery(
    async (options) => {
      const state = await client.value.getSystem(options)
      rates.current.add(state, Date.now())
      return { state, columns: rates.current.columns() }
    },
    [client.value],
    EVERY_MS,
  )
  return (
    <>
      {/* That the server is lost is said above, for every page. */}
      {value === null && error !== null && isReachable.value && <TroubleNote error={error} />}
      {value === null ? (
        <div class="card chart-card">
          <Skeleton lines={5} label="Asking the server" />
        </div>
      ) : (
        <HealthCards state={value.state} />
      )}
      <div class="page-head">
        <h2>Load since you opened this page</h2>
      </div>
      <section class="card chart-card">
        <LineChart
          label="Requests and commands per second of this server"
          lines={LINES}
          columns={value?.columns ?? [[], [], []]}
          format={count}
        />
      </section>
      <div class="page-head">
        <h2>Refusals</h2>
      </div>
      <RefusalBars state={value?.state ?? null} />
      {value !== null && <DatabaseFailures failures={value.state.database.failures} />}
    </>
  )
}
