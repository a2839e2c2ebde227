import type { Caller } from '../calls/index.ts'
import type { Role, Scope } from '../protocol/index.ts'

/** The caller, as the policy sees it and as the engine does. */
export interface Identity {
  readonly role: Role
  readonly caller: Caller
  /** Uses of an API key; null for everybody else. */
  readonly scopes: ReadonlySet<Scope> | null
  /** The only shows that an API key is for; null where there is no such bound. */
  readonly shows: ReadonlySet<string> | null
  /** `user_…` of a person with a session. */
  readonly user: string | null
  /** `key_…` of a partner. */
  readonly key: string | null
  /** `session_…` of a person. */
  readonly session: string | null
  /** Hash of the access token of that session that was sent. */
  readonly accessHash: Buffer | null
}

const NOBODY = {
  scopes: null,
  shows: null,
  user: null,
  key: null,
  session: null,
  accessHash: null,
} as const

/** Owner of what the staff hold, book and block: reached by the staff alone. */
export const HOUSE = 'house'

/** A shopper without a key. Idempotency keys of all of them share one scope. */
export const ANONYMOUS: Identity = {
  ...NOBODY,
  role: 'anonymous',
  caller: {
    scope: 'anonymous',
    actor: 'anonymous',
    owner: null,
    boxOffice: false,
    seller: false,
    heldSeatsMax: null,
  },
}

/** The holder of the operator key. */
export const OPERATOR: Identity = {
  ...NOBODY,
  role: 'operator',
  caller: {
    scope: 'operator',
    actor: 'operator',
    owner: HOUSE,
    boxOffice: true,
    seller: true,
    heldSeatsMax: null,
  },
}
