/** Everything that is counted by client. All of it is counted per server: see decision 9. */
export interface LimitSettings {
  /** Cost units per minute, by who asks. Most requests cost one: `UNITS`. */
  readonly requests: RequestLimits
  /** Cost units per minute and address, of pages, files, figures and the API's description. */
  readonly pages: number
  /** Connections of the read pool that one key, user or address may have at once. */
  readonly readsPerClient: number
  /** Wrong, ended and unknown credentials per minute and address. */
  readonly failedCredentials: number
  /** Seats that the callers without an account of one address may hold of a show; null: any. */
  readonly heldSeatsMax: number | null
  /** Streams that one key, user or address may have open on this server. */
  readonly streamsPerClient: number
}

/** Each key, user or address has the whole of it for itself. */
export interface RequestLimits {
  readonly anonymous: number
  readonly user: number
  readonly partner: number
  /** Operators too, when they are signed in; their key counts as a partner. */
  readonly boxOffice: number
}

/** Limits that servers use unless told otherwise. */
export const LIMITS_USUAL: LimitSettings = {
  requests: { anonymous: 1_200, user: 1_200, partner: 60_000, boxOffice: 6_000 },
  pages: 6_000,
  readsPerClient: 3,
  failedCredentials: 30,
  heldSeatsMax: 60,
  streamsPerClient: 20,
}
