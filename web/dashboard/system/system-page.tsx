import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { SystemState } from '../../../src/protocol/index.ts'
import { useTitle } from '../address/title.ts'
import { client } from '../api/client.ts'
import { isReachable } from '../api/reachability.ts'
import { useQuery } from '../api/use-query.ts'
import { LineChart } from '../charts/line-chart.tsx'
import type { ChartLine } from '../charts/plot.ts'
import { RefusalBars } from '../charts/refusal-bars.tsx'
import { may } from '../identity/identity.ts'
import { Icon } from '../parts/icon.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { When } from '../parts/when.tsx'
import { SignInHint } from '../session/sign-in-hint.tsx'
import { count, plural } from '../time/format.ts'
import { Rates } from './rates.ts'

const EVERY_MS = 2_000
const LINES: readonly ChartLine[] = [
  { label: 'Requests per second', color: '--accent', isFilled: true },
  { label: 'Commands per second', color: '--held', dash: [5, 4] },
]

/** How the server and its database are, live. For operators. */
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
        <SignInHint>Sign in as an operator to see how the server is.</SignInHint>
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
        <h2>Load, since this page is open</h2>
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
    </>
  )
}

function HealthCards({ state }: { state: SystemState }) {
  const { database, engine, streams } = state
  const isWell = database.reachable && database.migrated
  return (
    <div class="health">
      <HealthCard
        title="Server"
        isWell={isWell}
        state={isWell ? 'Serving' : 'Failing'}
        facts={[
          ['Version', state.version],
          ['Started', <When key="started" at={state.startedAt} />],
          ['Memory', `${count(Math.round(state.memoryBytes / 1_048_576))} MB`],
          ['Shows', state.shows === null ? '–' : count(state.shows)],
        ]}
      />
      <HealthCard
        title="Database"
        isWell={isWell}
        state={database.reachable ? (database.migrated ? 'Reachable' : 'Not migrated') : 'Lost'}
        facts={[
          ['PostgreSQL', database.version ?? '–'],
          ['Migrations', database.migrated ? 'all applied' : 'missing'],
        ]}
      />
      <HealthCard
        title="Lanes"
        isWell={engine.queued < 1_000}
        state={engine.queued === 0 ? 'Nothing waits' : `${count(engine.queued)} waiting`}
        facts={[
          ['Connected', `${engine.lanesConnected} of ${engine.lanes}`],
          ['Commands', count(engine.commands)],
          ['Batches', count(engine.batches)],
          ['Sent again', count(engine.resent)],
        ]}
      />
      <HealthCard
        title="Streams"
        isWell
        state={plural(streams.listeners, 'listener')}
        facts={[
          ['Shows followed', count(streams.shows)],
          ['Cut off, not read', count(streams.dropped)],
        ]}
      />
    </div>
  )
}

function HealthCard(props: {
  title: string
  isWell: boolean
  state: string
  facts: readonly (readonly [string, ComponentChildren])[]
}) {
  return (
    <section class="card health-card">
      <h2>{props.title}</h2>
      <p class={`health-state ${props.isWell ? 'is-good' : 'is-bad'}`}>
        <Icon name={props.isWell ? 'check' : 'warning'} size={18} /> {props.state}
      </p>
      <dl class="facts">
        {props.facts.map(([name, value]) => [
          <dt key={name}>{name}</dt>,
          <dd key={`${name} value`}>{value}</dd>,
        ])}
      </dl>
    </section>
  )
}
