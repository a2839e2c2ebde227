/**
 * Every state that a very small show can get into, with a clock that jumps as an adversary likes:
 * what must hold in each state, and what must hold of each step from one to the next.
 *
 * Promise 13.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Action,
  actionsOf,
  type Bug,
  FOREVER,
  firstState,
  isLive,
  next,
  now,
  type Size,
  type State,
} from './small-show.ts'

const STATES_MAX = 3_000_000

interface Visit {
  readonly states: number
  readonly steps: number
  /** Mistake that went wrong first, with the way there; null when nothing did. */
  readonly found: string | null
}

/** Breadth first, so that what is found is found by the shortest way. */
function visitAll(size: Size, bug?: Bug): Visit {
  const actions = actionsOf(size)
  const first = firstState(size)
  const seen = new Map<string, string>([[keyOf(first), '']])
  let steps = 0
  let frontier = [first]
  while (frontier.length > 0) {
    const later: State[] = []
    for (const state of frontier) {
      for (const action of actions) {
        const reached = next(state, action, bug)
        const wrong = wrongStep(state, action, reached) ?? (reached && wrongState(reached))
        const way = () => `${seen.get(keyOf(state))} ${nameOf(action)}`
        if (wrong) return { states: seen.size, steps, found: `${wrong}:${way()}` }
        if (!reached) continue
        steps += 1
        const key = keyOf(reached)
        if (seen.has(key)) continue
        seen.set(key, bug === undefined ? '' : way())
        later.push(reached)
      }
    }
    assert.ok(seen.size < STATES_MAX, 'more states than expected')
    frontier = later
  }
  return { states: seen.size, steps, found: null }
}

function keyOf({ clock, lastAt, claims, chains }: State): string {
  const seats = claims.map((one) => (one ? `${one.hold}.${one.until}` : '')).join()
  const holds = chains.map((one) =>
    one ? `${one.seats}.${one.firstAt}.${one.until}${one.status[0]}` : '',
  )
  return `${clock} ${lastAt} ${seats} ${holds.join()}`
}

function nameOf({ kind, hold, seats }: Action): string {
  if (kind === 'clock') return `clock=${seats}`
  return kind === 'prune' ? kind : `${kind}(${hold}${seats > 0 ? `, seats ${seats}` : ''})`
}

/** Checks what must be true whenever anybody looks. */
function wrongState(state: State): string | null {
  const time = now(state)
  for (let seat = 0; seat < state.claims.length; seat++) {
    const owners = state.chains.flatMap((chain, hold) =>
      isLive(chain, time) && (chain.seats & (1 << seat)) !== 0 ? [hold] : [],
    )
    if (owners.length > 1) return 'a seat has two owners'
    const claim = state.claims[seat]
    const isClaimed = claim !== null && claim !== undefined && claim.until > time
    if (isClaimed !== (owners.length === 1)) return 'claims and journal differ'
    if (isClaimed && owners[0] !== claim.hold) return 'the claim belongs to somebody else'
  }
  return null
}

/** Checks what no step may do, however right the state after it looks. */
function wrongStep(before: State, action: Action, after: State | null): string | null {
  const chain = before.chains[action.hold] ?? null
  const time = now(before)
  if (!after) {
    const isRefusedRelease =
      action.kind === 'release' && chain?.status === 'held' && (chain.seats & action.seats) !== 0
    return isRefusedRelease ? 'a release changed nothing' : null
  }
  if (now(after) < time && action.kind !== 'clock') return 'time ran back'
  if (action.kind === 'confirm' && !isLive(chain, time)) return 'what had ended was confirmed'
  for (const [hold, old] of before.chains.entries()) {
    const young = after.chains[hold] ?? null
    const isOver = old?.status === 'released' || old?.status === 'cancelled'
    if (isOver && young?.status !== old?.status) return 'what was over came back'
    if (hold !== action.hold && young !== old) return 'another hold was changed'
  }
  for (const [seat, old] of before.claims.entries()) {
    const young = after.claims[seat] ?? null
    if (!old || old === young || action.kind === 'clock') continue
    if (old.until > time && old.hold !== action.hold) return "a live owner's seat was taken"
    if (old.until === FOREVER && action.kind !== 'cancel') return 'a booked seat changed hands'
  }
  return null
}

const SMALL: Size = { seats: 2, holds: 2, clockMax: 4 }

test('two seats and two holds: no state and no step is wrong', () => {
  const visit = visitAll(SMALL)
  console.log(`${visit.states} states, ${visit.steps} steps`)
  assert.equal(visit.found, null)
  assert.ok(visit.states > 10_000)
})

test('two seats and three holds: no state and no step is wrong', () => {
  const visit = visitAll({ seats: 2, holds: 3, clockMax: 2 })
  console.log(`${visit.states} states, ${visit.steps} steps`)
  assert.equal(visit.found, null)
})

const BUGS: readonly Bug[] = [
  'release looks at the time',
  'confirm does not look at the owner',
  'time runs back',
  'prune goes by the clock',
  'a release forgets its chain',
  'an expired hold is confirmed',
]

for (const bug of BUGS) {
  test(`control: "${bug}" is found`, () => {
    const { found } = visitAll(SMALL, bug)
    console.log(found)
    assert.notEqual(found, null)
  })
}
