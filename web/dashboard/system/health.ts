import { watchedFetch } from '../api/reachability.ts'

/** What `/health` answers, also when the server is not well (503). */
export interface Health {
  readonly status: 'ok' | 'failing'
  readonly version: string
  readonly database: {
    readonly reachable: boolean
    readonly migrated: boolean
    readonly version: string
  }
  readonly shows: number | null
  readonly engine: {
    readonly queued: number
    readonly lanesConnected: number
    readonly lanes: number
    readonly batches: number
    readonly commands: number
    readonly resent: number
  }
}

/** Asks this page's server how it is. Rejects when nothing came, or something else. */
export async function readHealth(signal?: AbortSignal): Promise<Health> {
  const response = await watchedFetch('/health', signal === undefined ? {} : { signal })
  const health = (await response.json()) as Partial<Health>
  if (health.engine === undefined) throw new Error(`/health answered ${response.status}.`)
  return health as Health
}
