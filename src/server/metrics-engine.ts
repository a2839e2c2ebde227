import { Counter, Gauge, type Metric, type Registry } from '@prometheus-io/client'
import type { Engine, EngineStatus, Spread, WriteTimings } from '../engine/index.ts'

type EngineFigure = Exclude<keyof EngineStatus, 'writes' | 'unsafe'>

const GAUGES: Partial<Record<EngineFigure, { name: string; help: string }>> = {
  queued: { name: 'rowlock_engine_queued', help: 'Commands that wait for a lane.' },
  lanesConnected: { name: 'rowlock_engine_lanes_connected', help: 'Lanes with a connection.' },
  lanes: { name: 'rowlock_engine_lanes', help: 'Lanes.' },
  secondsAhead: {
    name: 'rowlock_engine_show_seconds_ahead',
    help: "How far a show's time is ahead of the database's clock.",
  },
}
const COUNTERS: Partial<Record<EngineFigure, { name: string; help: string }>> = {
  batches: { name: 'rowlock_engine_batches_total', help: 'Batches sent.' },
  commands: { name: 'rowlock_engine_commands_total', help: 'Commands sent.' },
  resent: { name: 'rowlock_engine_resent_total', help: 'Batches sent again after a doubt.' },
}
const HISTOGRAMS: Record<
  Exclude<keyof WriteTimings, 'oldestWait'>,
  { name: string; help: string }
> = {
  wait: {
    name: 'rowlock_engine_wait_seconds',
    help: 'From when a command came until it was first sent.',
  },
  roundTrip: {
    name: 'rowlock_engine_batch_seconds',
    help: 'From when the database could begin a batch until it was answered.',
  },
  batchSize: { name: 'rowlock_engine_batch_commands', help: 'Commands of a batch.' },
}

/** Adds what the engine tells when Prometheus asks. */
export function addEngineFigures(engine: Engine, registers: Registry[]): void {
  for (const [figure, about] of Object.entries(GAUGES)) {
    new Gauge({
      ...about,
      registers,
      collect() {
        this.set(engine.status()[figure as EngineFigure])
      },
    })
  }
  for (const [figure, about] of Object.entries(COUNTERS)) {
    new Counter({
      ...about,
      registers,
      collect() {
        this.reset()
        this.inc(engine.status()[figure as EngineFigure])
      },
    })
  }
  new Gauge({
    name: 'rowlock_engine_unsafe',
    help: 'What bookings rest on and is missing: while it is above 0 nothing is written.',
    registers,
    collect() {
      this.set(engine.status().unsafe.length)
    },
  })
  addTimings(engine, registers)
}

function addTimings(engine: Engine, registers: Registry[]): void {
  new Gauge({
    name: 'rowlock_engine_oldest_wait_seconds',
    help: 'How long the command has waited that waits longest.',
    registers,
    collect() {
      this.set(engine.timings().oldestWait)
    },
  })
  for (const [figure, about] of Object.entries(HISTOGRAMS)) {
    const read = () => engine.timings()[figure as keyof typeof HISTOGRAMS]
    for (const register of registers) register.registerMetric(counted(about, read))
  }
}

/**
 * A histogram that was counted elsewhere. The library's own would be one call with labels for each
 * command, from a layer that knows nothing of Prometheus.
 */
function counted(about: { name: string; help: string }, read: () => Spread): Metric {
  const { name } = about
  const get = async () => ({
    ...about,
    type: 'histogram',
    aggregator: 'sum',
    values: valuesOf(name, read()),
  })
  return { name, get } as unknown as Metric
}

function valuesOf(name: string, { bounds, counts, sum }: Spread) {
  let count = 0
  const buckets = counts.map((own, index) => {
    count += own
    const labels = { le: bounds[index] ?? '+Inf' }
    return { metricName: `${name}_bucket`, labels, value: count }
  })
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels: {}, value: sum },
    { metricName: `${name}_count`, labels: {}, value: count },
  ]
}
