import type { ConnectionTarget } from '../../../db/index.ts'
import type { Figures } from '../../../server/index.ts'
import type { Readiness } from '../banner.ts'
import type { OperatorKey } from '../operator-key.ts'

/** Task of a worker: to serve a database that its primary has migrated. */
export interface WorkerTask {
  /** From 1 on; whoever takes the place of a worker has its number. */
  readonly number: number
  readonly count: number
  readonly port: number
  readonly target: ConnectionTarget
  /** The directory of an embedded PostgreSQL; null with `DATABASE_URL`. */
  readonly dataDir: string | null
  readonly operatorKey: OperatorKey
  /** True when it loads the demonstration, which has to be done once. */
  readonly isFirst: boolean
}

/** Messages of a worker to its primary. */
export type FromWorker =
  | { readonly kind: 'here' }
  | { readonly kind: 'ready'; readonly readiness: Omit<Readiness, 'development'> }
  /** Somebody wants the figures of all workers. */
  | { readonly kind: 'gather'; readonly id: number }
  | { readonly kind: 'figures'; readonly id: number; readonly figures: Figures }

/** Messages of a primary to a worker. */
export type ToWorker =
  | { readonly kind: 'task'; readonly task: WorkerTask }
  | { readonly kind: 'tell'; readonly id: number }
  | { readonly kind: 'gathered'; readonly id: number; readonly figures: readonly Figures[] }
