/** The caller of an operation. */
export interface Caller {
  /** Idempotency keys belong to it: the same key in another scope is another request. */
  readonly scope: string
  /** Name of the caller in the journal. */
  readonly actor: string
  /**
   * Owner of the holds and bookings that it makes: `user_…` or `key_…`. Nobody else reaches them,
   * but the box office. Null for callers without an account, whose holds are reached by their ids.
   */
  readonly owner: string | null
  /**
   * The box office and operators reach every hold and booking, and are not bound by a show's sales
   * window.
   */
  readonly boxOffice: boolean
  /** True when it may confirm and book where a show leaves that to sellers. */
  readonly seller: boolean
  /**
   * Seats of one show that live holds of this `actor` may have at once, bookings not counted. For
   * actors `anonymous:…`, who have no account to count by; null for everybody else.
   */
  readonly heldSeatsMax: number | null
}

/** Facts that accompany every write. */
export interface WriteRequest {
  readonly caller: Caller
  /** The client's own key, or null: then the engine makes one, and a repeat is another request. */
  readonly idempotencyKey: string | null
}

/** The answer to a write. */
export interface Answer<Value> {
  readonly value: Value
  /** False when there was nothing left to do: confirmed, released or created before. */
  readonly changed: boolean
  /** True when it was recorded under the same idempotency key before. */
  readonly replayed: boolean
}
