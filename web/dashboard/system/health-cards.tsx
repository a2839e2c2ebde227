import type { ComponentChildren } from 'preact'
import type { SystemState } from '../../../src/protocol/index.ts'
import { Icon } from '../parts/icon.tsx'
import { When } from '../parts/when.tsx'
import { count, plural } from '../time/format.ts'

/** Longer, and shoppers notice. */
const LATE_MS = 100
const OLD_MS = 1_000

/** Cards of how a server, its database, its lanes and its streams are. */
export function HealthCards({ state }: { state: SystemState }) {
  return (
    <div class="health">
      <ServerCard state={state} />
      <DatabaseCard database={state.database} unsafe={state.engine.unsafe} />
      <LanesCard engine={state.engine} />
      <StreamsCard streams={state.streams} />
    </div>
  )
}

function ServerCard({ state }: { state: SystemState }) {
  const { database, engine, proxy } = state
  const isServing = database.reachable && database.migrated && engine.unsafe.length === 0
  const isNamed = proxy !== 'unnamed'
  return (
    <HealthCard
      title="Server"
      isWell={isServing && isNamed && state.lateMs < LATE_MS}
      state={isServing ? (isNamed ? 'Serving' : 'Unnamed proxy') : 'Failing'}
      facts={[
        ['Version', state.version],
        ['Started', <When key="started" at={state.startedAt} />],
        ['Memory', `${count(Math.round(state.memoryBytes / 1_048_576))} MB`],
        ['Lag', milliseconds(state.lateMs)],
        ['Limits', state.limits ? 'on' : 'off'],
        ['Shows', state.shows === null ? '–' : count(state.shows)],
      ]}
    />
  )
}

function DatabaseCard({ database, unsafe }: Pick<SystemState, 'database'> & { unsafe: string[] }) {
  const { pool } = database
  const problem = problemOf(database, unsafe)
  return (
    <HealthCard
      title="Database"
      isWell={problem === null}
      state={problem ?? 'Primary'}
      facts={[
        ['PostgreSQL', database.version ?? '–'],
        ['Host', database.host],
        ['Timeline', database.timeline === null ? '–' : count(database.timeline)],
        ['Standbys', standbys(database)],
        ['Migrations', database.migrated ? `up to date${upTo(database.migration)}` : 'missing'],
        ['Pool', `${pool.busy} of ${pool.max} busy`],
        ['Pool queue', count(pool.waiting)],
      ]}
    />
  )
}

function problemOf(database: SystemState['database'], unsafe: readonly string[]): string | null {
  if (database.role === 'standby') return 'A standby: nothing can be sold'
  if (!database.reachable) return 'Lost'
  if (!database.migrated) return 'Not migrated'
  return unsafe.length === 0 ? null : `Without ${unsafe.join(', ')}`
}

function standbys({ isSynchronous, synchronousStandbys }: SystemState['database']): string {
  if (isSynchronous === null) return '–'
  if (!isSynchronous) return 'not waited for'
  return synchronousStandbys === null ? 'synchronous' : `${count(synchronousStandbys)} synchronous`
}

function upTo(migration: number | null): string {
  return migration === null ? '' : ` (${String(migration).padStart(3, '0')})`
}

function LanesCard({ engine }: Pick<SystemState, 'engine'>) {
  const { queued, oldestWaitMs } = engine
  return (
    <HealthCard
      title="Lanes"
      isWell={oldestWaitMs < OLD_MS}
      state={queued === 0 ? 'Nothing waiting' : `${count(queued)} waiting`}
      facts={[
        ['Connected', `${engine.lanesConnected} of ${engine.lanes}`],
        ['Commands', count(engine.commands)],
        ['Batches', count(engine.batches)],
        ['Wait', meanOf(engine.waits)],
        ['Round trip', meanOf(engine.roundTrips)],
        ['Resent', count(engine.resent)],
      ]}
    />
  )
}

function StreamsCard({ streams }: Pick<SystemState, 'streams'>) {
  return (
    <HealthCard
      title="Streams"
      isWell
      state={plural(streams.listeners, 'listener')}
      facts={[
        ['Shows followed', count(streams.shows)],
        ['Too slow', count(streams.dropped)],
      ]}
    />
  )
}

function meanOf({ count: times, seconds }: { count: number; seconds: number }): string {
  return times === 0 ? '–' : milliseconds((seconds * 1000) / times)
}

function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : count(Math.round(ms))} ms`
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
