/**
 * The rules of the kernel for a show so small that every state it can get into can be visited:
 * claims, chains, and a clock that an adversary sets to whatever it likes before every command.
 */

/** Times are small whole numbers; FOREVER is what a booking has. */
export const FOREVER = 99
const HOLD_TIME = 2
const LIFE_MAX = 3

interface Claim {
  readonly hold: number
  readonly until: number
  readonly booked: boolean
}

interface Chain {
  readonly seats: number
  readonly firstAt: number
  readonly until: number
  readonly status: 'held' | 'booked' | 'released' | 'cancelled'
}

/** `seats` of a chain are bits; null is a hold that was never asked for, a seat nobody took. */
export interface State {
  readonly clock: number
  readonly lastAt: number
  readonly claims: readonly (Claim | null)[]
  readonly chains: readonly (Chain | null)[]
}

export interface Size {
  readonly seats: number
  readonly holds: number
  readonly clockMax: number
}

/** Action that can happen next. */
export interface Action {
  readonly kind:
    | 'clock'
    | 'hold'
    | 'confirm'
    | 'reacquire'
    | 'release'
    | 'extend'
    | 'cancel'
    | 'prune'
  readonly hold: number
  /** Bits; for `clock` the time. */
  readonly seats: number
}

/** Mistakes that could be made: each must be found by visiting every state. */
export type Bug =
  | 'release looks at the time'
  | 'confirm does not look at the owner'
  | 'time runs back'
  | 'prune goes by the clock'
  | 'a release forgets its chain'
  | 'an expired hold is confirmed'

export function firstState(size: Size): State {
  return {
    clock: 0,
    lastAt: 0,
    claims: Array<null>(size.seats).fill(null),
    chains: Array<null>(size.holds).fill(null),
  }
}

/** Every action that could be tried in any state. */
export function actionsOf({ seats, holds, clockMax }: Size): Action[] {
  const actions: Action[] = [{ kind: 'prune', hold: 0, seats: 0 }]
  for (let time = 0; time <= clockMax; time++) actions.push({ kind: 'clock', hold: 0, seats: time })
  for (let hold = 0; hold < holds; hold++) {
    for (let bits = 1; bits < 1 << seats; bits++) {
      for (const kind of ['hold', 'release', 'cancel'] as const) {
        actions.push({ kind, hold, seats: bits })
      }
    }
    for (const kind of ['confirm', 'reacquire', 'extend'] as const) {
      actions.push({ kind, hold, seats: 0 })
    }
  }
  return actions
}

/** The time of the show: the clock, but never before what it has recorded. */
export function now(state: State, bug?: Bug): number {
  return bug === 'time runs back' ? state.clock : Math.max(state.clock, state.lastAt)
}

export function isLive(chain: Chain | null, time: number): chain is Chain {
  return chain !== null && chain.seats !== 0 && chain.until > time
}

/** The state after the action, or null when it is refused or changes nothing. */
export function next(state: State, action: Action, bug?: Bug): State | null {
  const chain = state.chains[action.hold] ?? null
  switch (action.kind) {
    case 'clock':
      return action.seats === state.clock ? null : { ...state, clock: action.seats }
    case 'prune':
      return prune(state, bug)
    case 'hold':
      return hold(state, action, bug)
    case 'confirm':
    case 'reacquire':
      return confirm(state, action, chain, bug)
    case 'extend':
      return extend(state, action, chain, bug)
    case 'release':
      return chain?.status === 'held' ? giveBack(state, action, chain, 'released', bug) : null
    case 'cancel':
      return chain?.status === 'booked' ? giveBack(state, action, chain, 'cancelled', bug) : null
  }
}

function prune(state: State, bug?: Bug): State | null {
  const floor = bug === 'prune goes by the clock' ? now(state) : state.lastAt
  const claims = state.claims.map((claim) => (claim && claim.until <= floor ? null : claim))
  return claims.some((claim, seat) => claim !== state.claims[seat]) ? { ...state, claims } : null
}

/** Every seat, if each is free or its own; null when one is not. */
function take(state: State, holdNo: number, seats: number, claim: Claim, bug?: Bug) {
  const time = now(state, bug)
  const claims = [...state.claims]
  for (const [seat, old] of state.claims.entries()) {
    if ((seats & (1 << seat)) === 0) continue
    const isFree = old === null || old.until <= time || (old.hold === holdNo && !old.booked)
    if (!isFree && bug !== 'confirm does not look at the owner') return null
    claims[seat] = claim
  }
  return claims
}

function record(state: State, holdNo: number, chain: Chain, claims: State['claims'], bug?: Bug) {
  const chains = state.chains.map((old, index) => (index === holdNo ? chain : old))
  return { clock: state.clock, lastAt: now(state, bug), claims, chains }
}

function hold(state: State, action: Action, bug?: Bug): State | null {
  if (state.chains[action.hold] !== null) return null
  const time = now(state, bug)
  const isTaken = state.claims.some(
    (claim, seat) => (action.seats & (1 << seat)) !== 0 && claim !== null && claim.until > time,
  )
  if (isTaken) return null
  const until = time + HOLD_TIME
  const claims = take(state, action.hold, action.seats, claimOf(action.hold, until, false), bug)
  const chain: Chain = { seats: action.seats, firstAt: time, until, status: 'held' }
  return claims && record(state, action.hold, chain, claims, bug)
}

function claimOf(holdNo: number, until: number, booked: boolean): Claim {
  return { hold: holdNo, until, booked }
}

function confirm(state: State, action: Action, chain: Chain | null, bug?: Bug): State | null {
  if (chain?.status !== 'held') return null
  const isOver = chain.until <= now(state, bug) && bug !== 'an expired hold is confirmed'
  if (isOver && action.kind === 'confirm') return null
  const claim = claimOf(action.hold, FOREVER, true)
  const claims = take(state, action.hold, chain.seats, claim, bug)
  const booked: Chain = { ...chain, until: FOREVER, status: 'booked' }
  return claims && record(state, action.hold, booked, claims, bug)
}

function extend(state: State, action: Action, chain: Chain | null, bug?: Bug): State | null {
  const time = now(state, bug)
  if (chain?.status !== 'held' || chain.until <= time) return null
  const until = Math.min(time + HOLD_TIME, chain.firstAt + LIFE_MAX)
  if (until <= chain.until) return null
  const claims = take(state, action.hold, chain.seats, claimOf(action.hold, until, false), bug)
  return claims && record(state, action.hold, { ...chain, until }, claims, bug)
}

function giveBack(
  state: State,
  action: Action,
  chain: Chain,
  ending: 'released' | 'cancelled',
  bug?: Bug,
): State | null {
  const time = now(state, bug)
  if ((action.seats & chain.seats) === 0) return null
  if (bug === 'release looks at the time' && chain.until <= time) return null
  const claims = state.claims.map((claim, seat) =>
    claim?.hold === action.hold && (action.seats & (1 << seat)) !== 0 ? null : claim,
  )
  if (bug === 'a release forgets its chain') return { ...state, claims }
  const seats = chain.seats & ~action.seats
  const rest: Chain =
    seats === 0 ? { ...chain, seats, until: time, status: ending } : { ...chain, seats }
  return record(state, action.hold, rest, claims, bug)
}
