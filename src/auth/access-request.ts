import type { Identity } from './identity.ts'

/** What accompanies every operation. */
export interface AccessRequest {
  readonly identity: Identity
  readonly address: string
  /** Names the request in the audit log: its `X-Request-Id`. */
  readonly traceId: string | null
  /** The client's own key, or null: then a repeat is another request. */
  readonly idempotencyKey: string | null
}
