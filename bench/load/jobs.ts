/** Questions to a load generator, and its answers. Times in seconds, milliseconds. */

import type { LongestPauses } from '../processes/pauses.ts'

/** Order in which cycles take seats: one show after the other, or all shows by chance. */
export type Spread = 'one' | 'many'

/** A rate is measured for some seconds, after as many as it takes to warm up. */
export interface Timed {
  readonly warmSeconds: number
  readonly seconds: number
}

/** Connections that hold seats and confirm the hold, over and over. */
export interface CyclesJob extends Timed {
  readonly kind: 'cycles'
  readonly ports: readonly number[]
  readonly connections: number
  readonly shows: readonly string[]
  readonly spread: Spread
  readonly seatsPerHold: number
}

/** Cycles that begin by chance, so many a second, whatever becomes of those before them. */
export interface OpenJob extends Omit<CyclesJob, 'kind'> {
  readonly kind: 'open'
  readonly rate: number
}

/** Result of an open loop. */
export interface OpenResult extends JobResult {
  /** Pauses of the generator while it counted. */
  readonly pauses: LongestPauses
}

/** Connections that post the same body, over and over. */
export interface EchoJob extends Timed {
  readonly kind: 'echo'
  readonly ports: readonly number[]
  readonly connections: number
  readonly path: string
  readonly body: string
}

/** Connections that all want the same seat of a show. */
export interface OneSeatJob extends Timed {
  readonly kind: 'one-seat'
  readonly ports: readonly number[]
  readonly connections: number
  readonly show: string
}

/** So many connections ask for the best seats at the same moment, once. */
export interface BestJob {
  readonly kind: 'best'
  readonly ports: readonly number[]
  readonly connections: number
  readonly show: string
  readonly quantity: number
}

/** Connections that read a path, over and over; with `isTagged` they send the tag they have. */
export interface ReadsJob extends Timed {
  readonly kind: 'reads'
  readonly ports: readonly number[]
  readonly connections: number
  readonly path: string
  readonly isTagged: boolean
}

/** Shows that are created one after another on a plan. */
export interface CreateShowsJob {
  readonly kind: 'create-shows'
  readonly ports: readonly number[]
  readonly operatorKey: string
  readonly plan: string
  readonly keys: readonly string[]
}

/** Every show is looked at, and some of its seats are held and booked, once. */
export interface VisitsJob {
  readonly kind: 'visits'
  readonly ports: readonly number[]
  readonly connections: number
  readonly shows: readonly string[]
}

/** Connections that send the same request, over and over, whatever they are answered. */
export interface CrowdJob extends Timed {
  readonly kind: 'crowd'
  readonly ports: readonly number[]
  readonly connections: number
  readonly path: string
  /** Null: it is a GET. */
  readonly body: string | null
  /** Each ends in a line break. */
  readonly headers: Readonly<Record<string, string>>
}

export type Job =
  | CyclesJob
  | CrowdJob
  | OpenJob
  | EchoJob
  | OneSeatJob
  | BestJob
  | ReadsJob
  | CreateShowsJob
  | VisitsJob

/** Times that requests took, in milliseconds. */
export interface Latency {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** Result of a job: how often what it is about was done, in how many seconds. */
export interface JobResult {
  readonly count: number
  readonly seconds: number
  /** Answers by HTTP status. */
  readonly statuses: Readonly<Record<string, number>>
  /** Latency of the first request of each round: the hold, the read, the creation. */
  readonly latency: Latency
}
