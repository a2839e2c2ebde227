import type { Identity } from './identity.ts'

/** Facts that accompany every operation. */
export interface AccessRequest {
  readonly identity: Identity
  readonly address: string
  /** Names the request in the audit log: its `X-Request-Id`. */
  readonly traceId: string | null
  /** The client's own key, or null: then a repeat is another request. */
  readonly idempotencyKey: string | null
  /** Name that the calling program gives itself: the list of sessions shows it. */
  readonly agent?: string | null
  /** Cookies of the browser that signs in; left out where tokens do not travel as cookies. */
  readonly browser?: Browser
  /**
   * Site of the page that asks, for passkeys; left out where the server has none. Refusal:
   * `passkeys_unavailable`.
   */
  readonly site?: () => PasskeySite
}

/** Place that browsers bind passkeys to: a host's name, and the origins of its pages. */
export interface PasskeySite {
  readonly host: string
  readonly origins: readonly string[]
}

/** Facts that a browser brings along when it signs in. */
export interface Browser {
  /** The token of a session that the new one takes the place of. */
  readonly replaces: string | null
  /** Mark that it was given at an earlier sign-in, to be known by. */
  readonly device: string | null
}
