import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client'
import type { Engine } from '../engine/index.ts'
import type { Feed, FeedStatus, WebhookSender } from '../feed/index.ts'
import { addDatabaseFigures, type WatchedDatabase } from './metrics-database.ts'
import { addEngineFigures } from './metrics-engine.ts'
import { showFigures } from './metrics-shows.ts'
import { addWebhookFigures } from './metrics-webhooks.ts'
import type { WorkerPlace } from './settings.ts'

/** Counters of the server, for Prometheus. */
export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
  /** Seats by status of shows on sale. */
  showText(): Promise<string>
  /** Since the start: requests, and refusals by code, the most frequent first. */
  totals(): { requests: number; refusals: { code: string; count: number }[] }
  /**
   * Makes the observer of one operation's requests: status, duration in seconds, refusal's code.
   */
  observerOf(operation: string): (status: number, seconds: number, code: string | null) => void
}

/** Seconds. A hold takes a few milliseconds; what took 10 s has passed the engine's deadline. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Shorter than anybody asks for figures by intention. */
const TEXT_KEPT_MS = 250
/** It reads the claims of every show on sale. */
const SHOW_TEXT_KEPT_MS = 5_000
/** Figures of the feed. Streams are not requests in flight: nobody waits for their end. */
const FEED_GAUGES: Record<Exclude<keyof FeedStatus, 'dropped'>, { name: string; help: string }> = {
  listeners: { name: 'rowlock_feed_listeners', help: 'Streams that are open.' },
  shows: { name: 'rowlock_feed_shows', help: 'Shows that are listened to, or were just now.' },
}

/** Parts of the server that the figures are read from. */
export interface MeteredParts {
  readonly engine: Engine
  readonly feed: Feed
  readonly sender: WebhookSender
  readonly database: WatchedDatabase
  readonly version: string
  readonly inFlight: () => number
  /** Null for a server that has its port for itself. */
  readonly worker: WorkerPlace | null
}

/** A registry of its own: two servers in one process must not count into the same figures. */
export function createMetrics(parts: MeteredParts): Metrics {
  const { engine, feed, sender, database, version, inFlight, worker } = parts
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  addEngineFigures(engine, registers)
  addDatabaseFigures(database, registers)
  addFeedFigures(feed, registers)
  addWebhookFigures(sender, registers)
  addBuild(version, registers)
  new Gauge({
    name: 'rowlock_http_requests_in_flight',
    help: 'Requests that are being answered.',
    registers,
    collect() {
      this.set(inFlight())
    },
  })
  const requests = new Counter({
    name: 'rowlock_http_requests_total',
    help: 'Requests, by operation and HTTP status.',
    labelNames: ['operation', 'status'],
    registers,
  })
  const refusals = new Counter({
    name: 'rowlock_refusals_total',
    help: 'Refusals, by operation and code.',
    labelNames: ['operation', 'code'],
    registers,
  })
  // Of its own, because a rate needs a zero to begin with: labelled ones come with their first.
  const unknown = new Counter({
    name: 'rowlock_outcome_unknown_total',
    help: 'Answers that left open whether it was done.',
    registers,
  })
  const durations = new Histogram({
    name: 'rowlock_http_request_duration_seconds',
    help: 'From the headers of a request to the end of its answer.',
    labelNames: ['operation'],
    buckets: BUCKETS,
    registers,
  })
  const tally = new Tally()
  return {
    contentType: registry.contentType,
    text: keptFor(TEXT_KEPT_MS, textOf(registry, worker)),
    showText: keptFor(SHOW_TEXT_KEPT_MS, () => showFigures(engine)),
    totals: () => tally.totals(),
    observerOf: (operation) => {
      const duration = durations.labels(operation)
      const requestsOf = memoized((status: number) => requests.labels(operation, String(status)))
      const refusalsOf = memoized((code: string) => refusals.labels(operation, code))
      return (status, seconds, code) => {
        tally.add(code)
        requestsOf(status).inc()
        duration.observe(seconds)
        if (code === null) return
        refusalsOf(code).inc()
        if (code === 'outcome_unknown') unknown.inc()
      }
    },
  }
}

/**
 * Writes the figures. A port that several workers share reaches any of them, so each answers with
 * the figures of all, each under the number of its worker.
 */
function textOf(registry: Registry, worker: WorkerPlace | null): () => Promise<string> {
  if (worker === null) return () => registry.metrics()
  registry.setDefaultLabels({ worker: String(worker.number) })
  const gather = worker.shareFigures(() => registry.getMetricsAsJSON())
  return async () => {
    const all = await gather()
    // Different labels, so nothing is added up; by its own rules the library would leave some out.
    const kept = all.map((figures) => figures.map((one) => ({ ...one, aggregator: 'sum' })))
    return Registry.aggregate(kept).metrics()
  }
}

/** The few sums that a person looks at: labelled counters are for Prometheus to add up. */
class Tally {
  #requests = 0
  readonly #refusals = new Map<string, number>()

  add(code: string | null): void {
    this.#requests += 1
    if (code !== null) this.#refusals.set(code, (this.#refusals.get(code) ?? 0) + 1)
  }

  totals(): ReturnType<Metrics['totals']> {
    const refusals = [...this.#refusals].map(([code, count]) => ({ code, count }))
    return { requests: this.#requests, refusals: refusals.sort((a, b) => b.count - a.count) }
  }
}

function addBuild(version: string, registers: Registry[]): void {
  new Gauge({
    name: 'rowlock_build_info',
    help: '1, with the versions of Rowlock and node.',
    labelNames: ['version', 'node'],
    registers,
  }).set({ version, node: process.versions.node }, 1)
}

function addFeedFigures(feed: Feed, registers: Registry[]): void {
  for (const [figure, about] of Object.entries(FEED_GAUGES)) {
    new Gauge({
      ...about,
      registers,
      collect() {
        this.set(feed.status()[figure as keyof FeedStatus])
      },
    })
  }
  new Counter({
    name: 'rowlock_feed_dropped_total',
    help: 'Streams cut off for not being read.',
    registers,
    collect() {
      this.reset()
      this.inc(feed.status().dropped)
    },
  })
}

/**
 * Keeps a value for `ms` milliseconds; callers who ask while it is being made share it. Figures
 * cost milliseconds.
 */
function keptFor<Value>(ms: number, make: () => Promise<Value>): () => Promise<Value> {
  let kept: Promise<Value> | undefined
  let madeAt = 0
  return () => {
    if (kept === undefined || performance.now() - madeAt > ms) {
      madeAt = performance.now()
      kept = make()
    }
    return kept
  }
}

/** Looking labels up by name on every request is most of what a counter costs. */
function memoized<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>()
  return (key) => {
    let value = made.get(key)
    if (value === undefined) {
      value = make(key)
      made.set(key, value)
    }
    return value
  }
}
