import type { Engine } from '../engine/engine.ts'
import { Refusal, type Role, type Scope } from '../protocol/index.ts'

/** What only the command line does, and what no caller asks for by itself. */
type Unrouted =
  // Routes call them `listMyHolds` and `listMyBookings`.
  | 'listHoldsOf'
  | 'listBookingsOf'
  | 'readShow'
  | 'readVersions'
  | 'checkShow'
  | 'pruneShow'
  | 'pruneRequests'
  | 'resetShow'
  | 'exportPlan'
  | 'status'
  | 'close'

/** What callers ask of accounts: people, sessions, API keys, and what was done to them. */
type AccessOperation =
  | 'createUser'
  | 'listUsers'
  | 'getUser'
  | 'changeUser'
  | 'createSignInLink'
  | 'createSession'
  | 'refreshSession'
  | 'endSession'
  | 'endAllSessions'
  | 'getMe'
  | 'changeMe'
  | 'changePassword'
  | 'listMyHolds'
  | 'listMyBookings'
  | 'createApiKey'
  | 'listApiKeys'
  | 'rotateApiKey'
  | 'revokeApiKey'
  | 'listAudit'

/**
 * What callers can ask for, by the name the engine has for it. An export is part of `getPlan`, for
 * who is known (`refusalForExport`); the stream of a show is the feed's.
 */
export type Operation = Exclude<keyof Engine, Unrouted> | 'streamShow' | AccessOperation

/** Whether a role may; for partners also the scope that their key must have. */
type Row = Readonly<Record<Exclude<Role, 'partner'>, boolean> & { partner: boolean | Scope }>

const EVERYBODY: Row = {
  anonymous: true,
  user: true,
  partner: true,
  box_office: true,
  operator: true,
}
const KNOWN: Row = { ...EVERYBODY, anonymous: false }
const PEOPLE: Row = { ...KNOWN, partner: false }
const OPERATORS: Row = {
  anonymous: false,
  user: false,
  partner: false,
  box_office: false,
  operator: true,
}
/** Shoppers by themselves, and partners for them. */
const SHOPPERS: Row = { ...EVERYBODY, partner: 'sell' }
const counter = (partner: Scope): Row => ({ ...OPERATORS, box_office: true, partner })
const CATALOGUE: Row = { ...OPERATORS, partner: 'catalogue' }

/**
 * The one place that says who may ask for what; an operation that is missing here does not compile.
 * What a caller reaches with it is narrower: holds and bookings have owners, shows say who may
 * confirm, API keys may be for some shows only (`SHOW_OF_EVERYBODY`), and booking out of a block is
 * the box office's (`mayBookFromBlocks`).
 */
export const POLICY: Readonly<Record<Operation, Row>> = {
  createVenue: CATALOGUE,
  listVenues: EVERYBODY,
  getVenue: EVERYBODY,
  createPlan: CATALOGUE,
  getPlan: EVERYBODY,

  createShow: CATALOGUE,
  listShows: EVERYBODY,
  getShow: EVERYBODY,
  changeShow: CATALOGUE,
  addSeats: CATALOGUE,

  listSeats: EVERYBODY,
  getAvailability: EVERYBODY,
  getMap: EVERYBODY,
  getStatuses: EVERYBODY,
  streamShow: EVERYBODY,
  listJournal: counter('journal'),

  holdSeats: SHOPPERS,
  getHold: SHOPPERS,
  extendHold: SHOPPERS,
  releaseHold: SHOPPERS,
  confirmHold: SHOPPERS,

  bookSeats: SHOPPERS,
  getBooking: SHOPPERS,
  cancelBooking: counter('amend'),
  swapSeats: counter('amend'),

  blockSeats: counter('block'),
  unblockSeats: counter('block'),

  createUser: EVERYBODY,
  listUsers: OPERATORS,
  getUser: OPERATORS,
  changeUser: OPERATORS,
  createSignInLink: OPERATORS,

  createSession: EVERYBODY,
  refreshSession: EVERYBODY,
  endSession: PEOPLE,
  endAllSessions: PEOPLE,

  getMe: KNOWN,
  changeMe: PEOPLE,
  changePassword: PEOPLE,
  listMyHolds: { ...KNOWN, partner: 'sell' },
  listMyBookings: { ...KNOWN, partner: 'sell' },

  createApiKey: OPERATORS,
  listApiKeys: OPERATORS,
  rotateApiKey: OPERATORS,
  revokeApiKey: OPERATORS,
  listAudit: OPERATORS,
}

/** What anybody may read of any show; all else is closed to a key that is for other shows. */
const SHOW_OF_EVERYBODY: ReadonlySet<Operation> = new Set([
  'getShow',
  'listSeats',
  'getAvailability',
  'getMap',
  'getStatuses',
  'streamShow',
])

/** As much of an identity as the policy looks at. */
interface Asking {
  readonly role: Role
  readonly scopes: ReadonlySet<Scope> | null
  readonly shows: ReadonlySet<string> | null
}

/**
 * Why the caller may not ask for the operation, or null when it may. `show` is that of the address,
 * where there is one. Refusals: `unauthenticated` for who is not known, `forbidden` for who is.
 */
export function refusalFor(
  asking: Asking,
  operation: Operation,
  show: string | undefined,
): Refusal | null {
  const right = POLICY[operation][asking.role]
  if (right === false) return refusalOfRole(asking.role, operation)
  if (typeof right === 'string' && asking.scopes?.has(right) !== true) {
    return forbidden(`This API key lacks the scope ${right}.`)
  }
  const isElsewhere = asking.shows !== null && show !== undefined && !asking.shows.has(show)
  if (isElsewhere && !SHOW_OF_EVERYBODY.has(operation)) return refusalOfShow()
  return null
}

/** The same for a show that is not in the address: one that is to be made. */
export function refusalForShow({ shows }: Pick<Asking, 'shows'>, show: string): Refusal | null {
  return shows === null || shows.has(show) ? null : refusalOfShow()
}

/** House seats are given out by who withheld them; a shopper may only book what is on sale. */
export function mayBookFromBlocks({ role, scopes }: Asking): boolean {
  return role === 'operator' || role === 'box_office' || scopes?.has('block') === true
}

/** A whole plan is work to write; what shoppers need of it is the map of a show. */
export function refusalForExport({ role }: Pick<Asking, 'role'>): Refusal | null {
  if (role !== 'anonymous') return null
  return new Refusal('unauthenticated', {
    detail: 'Send Authorization: Bearer <token or key>. Plans are exported for known callers only.',
  })
}

function refusalOfRole(role: Role, operation: Operation): Refusal {
  const needed = describeRow(POLICY[operation])
  if (role !== 'anonymous') return forbidden(`It needs ${needed}.`)
  return new Refusal('unauthenticated', {
    detail: `Send Authorization: Bearer <token or key>. It needs ${needed}.`,
  })
}

function refusalOfShow(): Refusal {
  return forbidden('This API key is for other shows.')
}

function forbidden(detail: string): Refusal {
  return new Refusal('forbidden', { detail })
}

const NAMES: Readonly<Record<Role, string>> = {
  anonymous: 'nobody in particular',
  user: 'a user',
  partner: 'an API key',
  box_office: 'the box office',
  operator: 'an operator',
}

/** Who may, in words: `the box office, an operator or an API key with the scope block`. */
export function describeRow(row: Row): string {
  const roles = (['user', 'box_office', 'operator', 'partner'] as const).filter((role) => row[role])
  const names = roles.map((role) => NAMES[role])
  if (typeof row.partner === 'string') names[names.length - 1] += ` with the scope ${row.partner}`
  const last = names.pop() ?? ''
  return names.length === 0 ? last : `${names.join(', ')} or ${last}`
}
