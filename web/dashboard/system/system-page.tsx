import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { watchedFetch } from '../api/reachability.ts'
import { useQuery } from '../api/use-query.ts'
import { LineChart } from '../charts/line-chart.tsx'
import type { ChartLine } from '../charts/plot.ts'
import { RefusalBars, startOf } from '../charts/refusal-bars.tsx'
import { Icon } from '../parts/icon.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { When } from '../parts/when.tsx'
import { useTitle } from '../shell/title.ts'
import { count, plural } from '../time/format.ts'
import { type Health, readHealth } from './health.ts'
import { readMetrics, type Sample, sumOf } from './metrics.ts'
import { Rates } from './rates.ts'

const EVERY_MS = 2_000
const LINES: readonly ChartLine[] = [
  { label: 'Requests per second', color: '--accent', isFilled: true },
  { label: 'Commands per second', color: '--held', dash: [5, 4] },
]

/** How the server and its database are, live. */
export function SystemPage() {
  useTitle('System')
  const health = useQuery(({ signal }) => readHealth(signal), [], EVERY_MS)
  const rates = useRef(new Rates())
  const metrics = useQuery(
    async ({ signal }) => {
      const samples = await readMetrics(watchedFetch, signal)
      rates.current.add(samples, Date.now())
      return { samples, columns: rates.current.columns() }
    },
    [],
    EVERY_MS,
  )
  return (
    <section class="page">
      <div class="page-head">
        <h1>System</h1>
      </div>
      {health.value === null && health.error !== null && <Unreachable />}
      {health.value === null ? (
        <div class="card chart-card">
          <Skeleton lines={5} label="Asking the server" />
        </div>
      ) : (
        <HealthCards health={health.value} samples={metrics.value?.samples ?? null} />
      )}
      <div class="page-head">
        <h2>Load, since this page is open</h2>
      </div>
      <section class="card chart-card">
        <LineChart
          label="Requests and commands per second of this server"
          lines={LINES}
          columns={metrics.value?.columns ?? [[], [], []]}
          format={count}
        />
      </section>
      <div class="page-head">
        <h2>Refusals</h2>
      </div>
      <RefusalBars />
    </section>
  )
}

function Unreachable() {
  return (
    <div class="note is-trouble" role="alert">
      <Icon name="warning" />
      <div class="note-text">
        <p class="note-title">The server does not answer.</p>
        <p>It may be starting again. This page goes on asking.</p>
      </div>
    </div>
  )
}

function HealthCards({ health, samples }: { health: Health; samples: readonly Sample[] | null }) {
  const { database, engine } = health
  const isWell = health.status === 'ok'
  return (
    <div class="health">
      <HealthCard
        title="Server"
        isWell={isWell}
        state={isWell ? 'Serving' : 'Failing'}
        facts={[
          ['Version', health.version],
          ['Started', samples === null ? '–' : <When at={startOf(samples)} />],
          ['Memory', samples === null ? '–' : megabytes(samples)],
          ['Shows', health.shows === null ? '–' : count(health.shows)],
        ]}
      />
      <HealthCard
        title="Database"
        isWell={database.reachable && database.migrated}
        state={database.reachable ? (database.migrated ? 'Reachable' : 'Not migrated') : 'Lost'}
        facts={[
          ['PostgreSQL', database.version],
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
        state={plural(sumOf(samples ?? [], 'rowlock_feed_listeners'), 'listener')}
        facts={[
          ['Shows followed', count(sumOf(samples ?? [], 'rowlock_feed_shows'))],
          ['Cut off, not read', count(sumOf(samples ?? [], 'rowlock_feed_dropped_total'))],
        ]}
      />
    </div>
  )
}

function megabytes(samples: readonly Sample[]): string {
  return `${count(Math.round(sumOf(samples, 'process_resident_memory_bytes') / 1_048_576))} MB`
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
