import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client'
import type { Engine, EngineStatus } from '../engine/index.ts'
import type { Feed, FeedStatus, SenderStatus, WebhookSender } from '../feed/index.ts'

/** What the server counts, for Prometheus. */
export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
  /** Since the start: requests, and refusals by code, the most frequent first. */
  totals(): { requests: number; refusals: { code: string; count: number }[] }
  /** What observes the requests of one operation: status, duration in seconds, refusal's code. */
  observerOf(operation: string): (status: number, seconds: number, code: string | null) => void
}

/** Seconds. A hold takes a few milliseconds; what took 10 s has passed the engine's deadline. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Shorter than anybody asks for figures by intention. */
const TEXT_KEPT_MS = 250
type EngineFigure = Exclude<keyof EngineStatus, 'writes' | 'unsafe'>

/** What the engine tells when Prometheus asks. */
const ENGINE_GAUGES: Partial<Record<EngineFigure, { name: string; help: string }>> = {
  queued: { name: 'rowlock_engine_queued', help: 'Commands that wait for a lane.' },
  lanesConnected: { name: 'rowlock_engine_lanes_connected', help: 'Lanes with a connection.' },
  lanes: { name: 'rowlock_engine_lanes', help: 'Lanes.' },
  secondsAhead: {
    name: 'rowlock_engine_show_seconds_ahead',
    help: "How far a show's time is ahead of the database's clock.",
  },
}
const ENGINE_COUNTERS: Partial<Record<EngineFigure, { name: string; help: string }>> = {
  batches: { name: 'rowlock_engine_batches_total', help: 'Batches sent.' },
  commands: { name: 'rowlock_engine_commands_total', help: 'Commands sent.' },
  resent: { name: 'rowlock_engine_resent_total', help: 'Batches sent again after a doubt.' },
}

/** What the feed tells. Streams are not requests in flight: nobody waits for their end. */
const FEED_GAUGES: Partial<Record<keyof FeedStatus, { name: string; help: string }>> = {
  listeners: { name: 'rowlock_feed_listeners', help: 'Streams that are open.' },
  shows: { name: 'rowlock_feed_shows', help: 'Shows that are listened to, or were just now.' },
  dropped: { name: 'rowlock_feed_dropped_total', help: 'Streams cut off for not being read.' },
}

/** What the sender of webhooks tells. */
const WEBHOOK_FIGURES: Record<keyof SenderStatus, { name: string; help: string }> = {
  delivered: { name: 'rowlock_webhook_delivered_total', help: 'Events that arrived.' },
  failed: { name: 'rowlock_webhook_failed_total', help: 'Attempts that failed.' },
  waiting: { name: 'rowlock_webhook_waiting', help: 'Shows that are being told of.' },
  lagMs: {
    name: 'rowlock_webhook_lag_milliseconds',
    help: 'From what happened to its arrival, of the last event that arrived.',
  },
}

/** A registry of its own: two servers in one process must not count into the same figures. */
export function createMetrics(
  engine: Engine,
  feed: Feed,
  sender: WebhookSender,
  inFlight: () => number,
): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  addEngineFigures(engine, registers)
  addFeedFigures(feed, registers)
  addWebhookFigures(sender, registers)
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
    text: keptFor(TEXT_KEPT_MS, () => registry.metrics()),
    totals: () => tally.totals(),
    observerOf: (operation) => {
      const duration = durations.labels(operation)
      const requestsOf = memoized((status: number) => requests.labels(operation, String(status)))
      const refusalsOf = memoized((code: string) => refusals.labels(operation, code))
      return (status, seconds, code) => {
        tally.add(code)
        requestsOf(status).inc()
        duration.observe(seconds)
        if (code !== null) refusalsOf(code).inc()
      }
    },
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

function addWebhookFigures(sender: WebhookSender, registers: Registry[]): void {
  for (const [figure, about] of Object.entries(WEBHOOK_FIGURES)) {
    new Gauge({
      ...about,
      registers,
      collect() {
        this.set(sender.status()[figure as keyof SenderStatus])
      },
    })
  }
}

function addEngineFigures(engine: Engine, registers: Registry[]): void {
  for (const [figure, about] of Object.entries(ENGINE_GAUGES)) {
    new Gauge({
      ...about,
      registers,
      collect() {
        this.set(engine.status()[figure as EngineFigure])
      },
    })
  }
  for (const [figure, about] of Object.entries(ENGINE_COUNTERS)) {
    new Counter({
      ...about,
      registers,
      collect() {
        this.reset()
        this.inc(engine.status()[figure as EngineFigure])
      },
    })
  }
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
}

/** Whoever asks while it is made, or a moment later, gets the same: figures cost milliseconds. */
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
