import type { Tracer } from '@opentelemetry/api'
import type { Registry } from '@prometheus-io/client'
import type { FastifyBaseLogger } from 'fastify'
import type { Access } from '../auth/index.ts'
import type { DatabaseHealth, MovableClock } from '../db/index.ts'
import type { Engine } from '../engine/index.ts'
import type { FeedSettings } from '../feed/index.ts'
import { LIMITS } from '../protocol/index.ts'
import type { LimitSettings } from './limits/limit-settings.ts'
import type { WatchedDatabase } from './metrics-database.ts'
import type { App } from './routes/app.ts'

/** Figures of one server, for Prometheus, in the form that its library puts together. */
export type Figures = Awaited<ReturnType<Registry['getMetricsAsJSON']>>

/** The place of a server among processes that share its port. */
export interface WorkerPlace {
  readonly number: number
  readonly count: number
  /** `own` is asked whenever one of them wants the figures of all, which the answer asks for. */
  shareFigures(own: () => Promise<Figures>): () => Promise<readonly Figures[]>
}

/** Parts that a server needs from who composes it. */
export interface ServerSettings {
  readonly engine: Engine
  /** Knows people, their sessions, and keys. Stays open: close it after the server. */
  readonly access: Access
  /** Asked by the health routes; must not take much longer than a second. */
  readonly readDatabaseHealth: () => Promise<DatabaseHealth>
  /** State of the database, and what failed, without asking it. */
  readonly database: WatchedDatabase
  /** Version of Rowlock, as the health routes and the API's description tell it. */
  readonly version: string
  /** Without one, nothing is logged. */
  readonly logger?: FastifyBaseLogger
  /** Makes spans of requests, batches and calls of the database. None are made without. */
  readonly tracer?: Tracer | null
  /** Web origins that may call the API from a browser, or `*`. None by default. */
  readonly corsOrigins?: readonly string[]
  /** Limits of what each client may ask for. Nothing is counted without. */
  readonly limits?: LimitSettings | null
  /**
   * Limits from the first request on that a proxy forwarded, although no proxy is trusted: then
   * others than this machine reach the server after all. Nothing by default.
   */
  readonly limitsIfForwarded?: LimitSettings | null
  /** Timeouts that differ from `TIMEOUTS`. */
  readonly timeouts?: Partial<Timeouts>
  /** Proxies whose `X-Forwarded-*` headers are believed. None by default. */
  readonly trustProxy?: boolean | string | string[]
  /** Settings of streams, where they are to differ from the usual. */
  readonly feed?: Partial<FeedSettings>
  /** The only names, with or without a port, that requests may be for. Any name by default. */
  readonly hosts?: readonly string[]
  /** True when webhooks may point at this machine: for a server that nobody else reaches. */
  readonly allowsLoopbackWebhooks?: boolean
  /** Milliseconds between two looks for webhook deliveries that others left. */
  readonly webhooksLookEveryMs?: number
  /** The clock of a database for development: `/v1/test/clock` moves it. Never in production. */
  readonly testClock?: MovableClock
  /** Null, or left out, for a server that has its port for itself. */
  readonly worker?: WorkerPlace | null
  /** The built web pages; those of this package by default. */
  readonly webDir?: string
  /** Serve the documentation at `/docs`. By default it is. */
  readonly docs?: boolean
  /** Sees every operation as it is added: what `openapi.json` is made with. */
  readonly describe?: (app: App) => Promise<void>
  /**
   * Refuse to send an answer that differs from its schema, instead of logging it. For tests: in
   * production a mistake in a description must never hide a booking that was made.
   */
  readonly strictAnswers?: boolean
}

/** Milliseconds that the parts of a request may take. The engine's own deadline is shorter. */
export interface Timeouts {
  readonly headersMs: number
  /** Milliseconds of the whole request: a large seating plan over a slow line takes a while. */
  readonly requestMs: number
  /** Longer than the 60 s after which usual load balancers give up an idle connection. */
  readonly keepAliveMs: number
  /** A socket on which nothing moves is cut, whatever it waits for: also for its reader. */
  readonly idleMs: number
  /** Milliseconds between node's looks for connections that are too slow. */
  readonly lookEveryMs: number
  /** Within which a request of the API is answered, from when it arrived. */
  readonly answerMs: number
}

/** Timeouts that servers use unless told otherwise. */
export const TIMEOUTS: Timeouts = {
  headersMs: 15_000,
  requestMs: 60_000,
  keepAliveMs: 65_000,
  idleMs: 120_000,
  lookEveryMs: 5_000,
  answerMs: LIMITS.deadlineMs,
}
