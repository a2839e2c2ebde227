import type { FastifyBaseLogger } from 'fastify'
import type { DatabaseHealth } from '../db/index.ts'
import type { Engine } from '../engine/index.ts'
import type { FeedSettings } from '../feed/index.ts'

/** What a server needs from who composes it. */
export interface ServerSettings {
  readonly engine: Engine
  /** Opens the operator's operations. Visible ASCII; whoever guesses it runs the house. */
  readonly operatorKey: string
  /** Asked by the health routes; must not take much longer than a second. */
  readonly readDatabaseHealth: () => Promise<DatabaseHealth>
  /** Of Rowlock, as the health routes and the API's description tell it. */
  readonly version: string
  /** Without one, nothing is logged. */
  readonly logger?: FastifyBaseLogger
  /** Web origins that may call the API from a browser, or `*`. None by default. */
  readonly corsOrigins?: readonly string[]
  /** Whether, or whose, `X-Forwarded-*` headers are believed. Not by default. */
  readonly trustProxy?: boolean | string | string[]
  /** How streams are looked after, where that is to differ from the usual. */
  readonly feed?: Partial<FeedSettings>
  /** The built web pages; those of this package by default. */
  readonly webDir?: string
  /** Serve the reference at `/docs`. By default it is. */
  readonly docs?: boolean
  /**
   * Refuse to send an answer that differs from its schema, instead of logging it. For tests: in
   * production a mistake in a description must never hide a booking that was made.
   */
  readonly strictAnswers?: boolean
}

/** Milliseconds that the parts of a request may take. The engine's own deadline is shorter. */
export const TIMEOUTS = {
  headersMs: 15_000,
  /** Of the whole request: a large seating plan over a slow line takes a while. */
  requestMs: 60_000,
  /** Longer than the 60 s after which usual load balancers give up an idle connection. */
  keepAliveMs: 65_000,
  /** A socket on which nothing moves is cut, whatever it waits for. */
  idleMs: 120_000,
  /** How often node looks for connections that are too slow. */
  lookEveryMs: 5_000,
} as const
