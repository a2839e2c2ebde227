import { useMemo } from 'preact/hooks'
import { client } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { LineChart } from '../charts/line-chart.tsx'
import type { ChartLine } from '../charts/plot.ts'
import { RefusalBars } from '../charts/refusal-bars.tsx'
import { may } from '../identity/identity.ts'
import { Skeleton } from '../parts/skeleton.tsx'
import { SignInHint } from '../session/sign-in-hint.tsx'
import { now } from '../time/clock.ts'
import { count } from '../time/format.ts'
import { salesSeries } from './sales-series.ts'
import type { ShowDesk } from './show-desk.ts'

const LINES: readonly ChartLine[] = [
  { label: 'Booked', color: '--booked', isFilled: true, isStepped: true },
  { label: 'Blocked', color: '--blocked', dash: [5, 4], isStepped: true },
]
/** The right end of the lines need not move every second. */
const STEP_MS = 15_000
const REFUSALS_EVERY_MS = 4_000

/** Tab of how the show has sold, from its journal; and what this server has refused. */
export function SalesTab({ desk }: { desk: ShowDesk }) {
  const state = desk.journal?.state.value ?? null
  const end = Math.ceil(now.value / STEP_MS) * STEP_MS
  const series = useMemo(
    () => (state === null ? null : salesSeries(state.ledger.entries, end)),
    [state?.version, end],
  )
  return (
    <>
      <div class="page-head">
        <h2>Sales over time</h2>
      </div>
      {state === null && <SignInHint>Sign in to see how the show has sold.</SignInHint>}
      {state !== null && series !== null && (
        <section class="card chart-card">
          {state.startVersion !== null ? (
            <>
              <dl class="figures">
                <Figure name="Seats sold" value={series.sums.sold} />
                <Figure name="Seats cancelled" value={series.sums.cancelled} />
                <Figure name="Seats booked now" value={series.booked.at(-1) ?? 0} />
                <Figure name="Seats held in all" value={series.sums.held} />
              </dl>
              <LineChart
                label={`Booked and blocked seats over time; now ${series.booked.at(-1)} booked`}
                lines={LINES}
                columns={[[...series.times], [...series.booked], [...series.blocked]]}
                format={count}
              />
              <p class="quiet">
                From the journal of the show.
                <span class="for-mouse">
                  {' '}
                  Drag over the chart to zoom in, double-click to reset.
                </span>
              </p>
            </>
          ) : (
            <Skeleton lines={8} label="Reading the journal" />
          )}
        </section>
      )}
      {may('administer') && <Refusals />}
    </>
  )
}

/** Over all shows: a server does not count by show. */
function Refusals() {
  const { value } = useQuery(
    (options) => client.value.getSystem(options),
    [client.value],
    REFUSALS_EVERY_MS,
  )
  return (
    <>
      <div class="page-head">
        <h2>Refusals</h2>
      </div>
      <RefusalBars state={value} />
    </>
  )
}

function Figure({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{count(value)}</dd>
    </div>
  )
}
