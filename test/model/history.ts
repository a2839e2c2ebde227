/**
 * Random histories of a show. Steps are abstract ("release the third hold"), so that fast-check can
 * leave any of them out when it looks for the shortest history that goes wrong; `toCommands` makes
 * commands of them.
 */
import fc from 'fast-check'
import type { CallerFields } from '../../src/engine/caller-fields.ts'
import { type Command, type CommandKind, isSale } from '../../src/engine/lanes/command.ts'

/** Seats of the show; one number more is asked for, too, and does not exist. */
export const SEAT_COUNT = 5
/** Beginning of every history. */
export const BEGIN = Date.parse('2026-12-01T19:00:00Z')

/** Seats of a hold, booking or block: all, or those at some places, or any others. */
type Pick = { readonly own: readonly number[] } | { readonly any: readonly number[] } | null

type CallerName = 'boxOffice' | 'nobody' | 'here' | 'there' | 'user' | 'partner'

const NOBODY: CallerFields = {
  actor: 'model',
  owner: null,
  box_office: false,
  seller: false,
  held_seats_max: null,
}
/** Shoppers come from two addresses; the user and the partner have accounts. */
const CALLERS: Readonly<Record<CallerName, CallerFields>> = {
  boxOffice: { ...NOBODY, box_office: true, seller: true },
  nobody: NOBODY,
  here: { ...NOBODY, actor: 'anonymous:aaaaaaaaaaaa', held_seats_max: 3 },
  there: { ...NOBODY, actor: 'anonymous:bbbbbbbbbbbb', held_seats_max: 2 },
  user: { ...NOBODY, actor: 'user_1', owner: 'user_1' },
  partner: { ...NOBODY, actor: 'key_1', owner: 'key_1', seller: true },
}

interface Action {
  readonly kind: CommandKind
  readonly seats: readonly number[]
  readonly pick: Pick
  /** Index among those that the kind is about, counted round from the last one. */
  readonly target: number
  /** It may be about anything: a block is confirmed, a hold is cancelled. */
  readonly isStray: boolean
  readonly seconds: number | null
  readonly holder: 'Alice' | 'Bob' | null
  readonly reference: string | null
  readonly notes: string | null
  /** A change that takes it away, instead of saying another. */
  readonly clears: 'holder' | 'reference' | null
  readonly caller: CallerName
  /** Asks as itself, even about what belongs to somebody else. */
  readonly isStranger: boolean
  readonly isOutOfBlock: boolean
  readonly isReacquiring: boolean
}

/** Request that repeats an earlier one, or another one under its request id. */
interface Retry {
  readonly retryOf: number
  readonly other: Action | null
}

/** Terms that the operator changes in the middle of a history. */
export interface Change {
  readonly cancelled?: boolean
  readonly cancellable?: boolean
  readonly maxSeatsPerHolder?: number | null
  readonly salesUntil?: string | null
  readonly confirmBy?: 'holder' | 'seller'
}

/** One step: the clock jumps, the terms change perhaps, then commands come in. */
export interface Step {
  readonly jumpSeconds: number
  readonly change: Change | null
  readonly actions: readonly (Action | Retry)[]
}

/** Terms that a history begins with; the rest is always the same. */
export interface FirstTerms {
  readonly seatsPerHolderMax: number | null
  readonly cancellable: boolean
  readonly confirmBy: 'holder' | 'seller'
  readonly salesFromSeconds: number | null
  readonly salesUntilSeconds: number | null
}

export interface History {
  readonly terms: FirstTerms
  readonly steps: readonly Step[]
}

/** Such as 75 % of the time the clock stands still. */
const jumps = fc.oneof(
  { weight: 12, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.constantFrom(1, 29, 30, 31) },
  { weight: 4, arbitrary: fc.constantFrom(59, 60, 60, 61, 200) },
  { weight: 2, arbitrary: fc.constantFrom(-1, -30, -61, -400) },
)

const anySeats = (maxLength: number) =>
  fc.uniqueArray(fc.integer({ min: 0, max: SEAT_COUNT - 1 }), {
    minLength: 1,
    maxLength,
    size: 'max',
  })

const seats = fc.oneof(
  { weight: 10, arbitrary: anySeats(2) },
  { weight: 1, arbitrary: anySeats(4) },
  { weight: 1, arbitrary: fc.constantFrom([SEAT_COUNT], [-1, 0], [0, SEAT_COUNT, 1]) },
)

const pick: fc.Arbitrary<Pick> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  {
    weight: 4,
    arbitrary: fc
      .uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 2 })
      .map((own) => ({ own })),
  },
  { weight: 1, arbitrary: seats.map((any) => ({ any })) },
)

const kinds = fc.oneof(
  { weight: 10, arbitrary: fc.constant<CommandKind>('hold') },
  { weight: 12, arbitrary: fc.constantFrom<CommandKind>('confirm', 'release', 'extend') },
  { weight: 12, arbitrary: fc.constantFrom<CommandKind>('book', 'cancel', 'swap') },
  { weight: 4, arbitrary: fc.constantFrom<CommandKind>('block', 'unblock') },
  { weight: 8, arbitrary: fc.constantFrom<CommandKind>('change', 'transfer') },
  { weight: 4, arbitrary: fc.constantFrom<CommandKind>('amend', 'describe') },
)

const action: fc.Arbitrary<Action> = fc.record({
  kind: kinds,
  seats,
  pick,
  target: fc.oneof(fc.constant(0), fc.nat({ max: 3 }), fc.nat({ max: 12 })),
  isStray: fc.constantFrom(false, false, false, false, false, false, false, true),
  seconds: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(null, null, 1, 30, 60, 90) },
    { weight: 1, arbitrary: fc.constantFrom(0, 91) },
  ),
  holder: fc.constantFrom(null, 'Alice' as const, 'Alice' as const, 'Bob' as const),
  reference: fc.constantFrom(null, null, 'payment'),
  notes: fc.constantFrom(null, null, null, 'blue', 'red'),
  clears: fc.constantFrom(null, null, null, null, 'holder' as const, 'reference' as const),
  caller: fc.oneof(
    { weight: 4, arbitrary: fc.constant<CallerName>('boxOffice') },
    { weight: 6, arbitrary: fc.constantFrom<CallerName>('nobody', 'here', 'there') },
    { weight: 3, arbitrary: fc.constantFrom<CallerName>('user', 'partner') },
  ),
  isStranger: fc.constantFrom(false, false, false, true),
  isOutOfBlock: fc.boolean(),
  isReacquiring: fc.boolean(),
})

const retry: fc.Arbitrary<Retry> = fc.record({
  retryOf: fc.nat({ max: 12 }),
  other: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: action }),
})

const change: fc.Arbitrary<Change | null> = fc.oneof(
  { weight: 45, arbitrary: fc.constant(null) },
  {
    weight: 6,
    arbitrary: fc.constantFrom<Change>(
      { cancellable: false },
      { cancellable: true },
      { maxSeatsPerHolder: 2 },
      { maxSeatsPerHolder: null },
      { salesUntil: new Date(BEGIN + 90_000).toISOString() },
      { salesUntil: null },
      { confirmBy: 'holder' },
      { confirmBy: 'seller' },
      { cancelled: false },
      { cancelled: false },
    ),
  },
  { weight: 2, arbitrary: fc.constant<Change>({ cancelled: true }) },
)

/** Histories of up to `stepCountMax` steps of up to `batchMax` commands. */
export function histories(stepCountMax: number, batchMax: number): fc.Arbitrary<History> {
  const anyAction = fc.oneof({ weight: 6, arbitrary: action }, { weight: 1, arbitrary: retry })
  const step = fc.record({
    jumpSeconds: jumps,
    change,
    actions: fc.array(anyAction, { minLength: 1, maxLength: batchMax, size: 'max' }),
  })
  return fc.record({
    terms: fc.record({
      seatsPerHolderMax: fc.constantFrom(null, 1, 2, 3),
      cancellable: fc.constantFrom(true, true, true, false),
      confirmBy: fc.constantFrom('holder' as const, 'holder' as const, 'seller' as const),
      salesFromSeconds: fc.constantFrom(null, null, null, null, 30),
      salesUntilSeconds: fc.constantFrom(null, null, null, null, 60, 300),
    }),
    steps: fc.array(step, { minLength: 1, maxLength: stepCountMax, size: 'max' }),
  })
}

/** A UUID that tells which it is: the history is the same however often it is played. */
function uuid(kind: 'hold' | 'request' | 'other' | 'part', number: number): string {
  const first = {
    hold: 'aaaaaaaa',
    request: 'bbbbbbbb',
    other: 'cccccccc',
    part: 'dddddddd',
  }[kind]
  return `${first}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
}

/** The commands of each step. What they speak of is whatever was asked for before, done or not. */
export function toCommands(history: History): Command[][] {
  const all: Command[] = []
  return history.steps.map((step) =>
    step.actions.map((one) => {
      const command = 'retryOf' in one ? again(all, one) : toCommand(one, all)
      all.push(command)
      return command
    }),
  )
}

/**
 * Finds what a kind is about; bookings were made by `book`, or were holds that somebody confirmed.
 */
function targetOf(action: Action, all: readonly Command[]): Command | undefined {
  const confirmed = new Set(all.flatMap((one) => (one.kind === 'confirm' ? [one.hold_id] : [])))
  const isBooking = (one: Command) => one.kind === 'book' || confirmed.has(one.hold_id)
  const owners = all.flatMap(beginningOf)
  const fitting = owners.filter((one) => {
    if (action.isStray) return true
    if (['cancel', 'swap', 'transfer', 'amend'].includes(action.kind)) return isBooking(one)
    return one.kind === (['unblock', 'describe', 'book'].includes(action.kind) ? 'block' : 'hold')
  })
  return fitting.at(-1 - (action.target % Math.max(fitting.length, 1)))
}

/** Finds what a command begins: seats that are handed on become a booking of their own. */
function beginningOf(command: Command): Command[] {
  const { kind, seats, to_hold } = command
  if (['hold', 'book', 'block'].includes(kind)) return [command]
  return kind === 'transfer' && seats && to_hold
    ? [{ ...command, kind: 'book', hold_id: to_hold }]
    : []
}

const NOTHING: Action = {
  kind: 'hold',
  seats: [0],
  pick: null,
  target: 0,
  isStray: false,
  seconds: null,
  holder: null,
  reference: null,
  notes: null,
  clears: null,
  caller: 'boxOffice',
  isStranger: false,
  isOutOfBlock: false,
  isReacquiring: false,
}

function again(all: readonly Command[], { retryOf, other }: Retry): Command {
  const earlier = all[retryOf % Math.max(all.length, 1)] ?? toCommand(NOTHING, [])
  if (other) return { ...toCommand(other, all), request_id: earlier.request_id }
  // The engine makes a new id for what a repeated request would create.
  return { ...earlier, hold_id: newId(earlier, all.length) }
}

function newId({ kind, hold_id }: Command, number: number): string {
  return kind === 'hold' || kind === 'book' || kind === 'block' ? uuid('hold', number) : hold_id
}

function toCommand(action: Action, all: readonly Command[]): Command {
  const { kind } = action
  const number = all.length
  const target = targetOf(action, all)
  const fields = ofKind(action, target, number)
  return {
    show_id: 0,
    kind,
    request_id: uuid('request', number),
    fingerprint: uuid('request', number),
    remember: isSale({ kind, reacquire: action.isReacquiring && kind === 'confirm' }),
    ...callerOf(action, target),
    hold_id: target?.hold_id ?? uuid('other', number),
    ...fields,
    ...(['hold', 'book', 'block'].includes(kind) ? { hold_id: uuid('hold', number) } : {}),
  }
}

/** Mostly whoever the target belongs to: else little would come of it. */
function callerOf({ caller, isStranger }: Action, target: Command | undefined): CallerFields {
  const asking = CALLERS[caller]
  return isStranger || !target ? asking : { ...asking, owner: target.owner }
}

function ofKind(action: Action, target: Command | undefined, number: number): Partial<Command> {
  const { seats, seconds, holder, reference, notes } = action
  const noted = {
    ...(reference === null ? {} : { reference }),
    ...(notes === null ? {} : { metadata: { colour: notes } }),
  }
  const given = { ...(holder === null ? {} : { holder }), ...noted }
  const cleared = action.clears === null ? {} : { [action.clears]: '' }
  switch (action.kind) {
    case 'hold':
      return { seats, ...given, ...(seconds === null ? {} : { hold_seconds: seconds }) }
    case 'book':
      return {
        seats,
        ...given,
        ...(action.isOutOfBlock && target ? { from_block: target.hold_id } : {}),
      }
    case 'block':
      return { seats, ...given, reference: 'house seats' }
    case 'confirm':
      return { reacquire: action.isReacquiring, ...noted }
    case 'extend':
      return seconds === null ? {} : { hold_seconds: seconds }
    case 'swap':
      return { seats: picked(action.pick ?? { own: [0] }, target) ?? [0], to_seats: seats }
    case 'change': {
      const dropped = picked(action.pick, target)
      const said = { ...given, ...cleared }
      if (action.isOutOfBlock && action.isStranger) return said
      if (dropped !== null && action.isReacquiring) return { seats: dropped, ...noted }
      return { to_seats: seats, ...said, ...(dropped === null ? {} : { seats: dropped }) }
    }
    case 'amend':
      return { ...noted, ...(action.clears === 'reference' ? cleared : {}) }
    case 'describe':
      return {
        ...given,
        ...(action.clears === 'holder' ? cleared : {}),
        ...(action.isOutOfBlock ? { own_reference: action.clears === null ? 'list' : '' } : {}),
        ...(reference === null ? {} : { reference: 'press' }),
      }
    case 'transfer':
      return { ...transferOf(action, target), to_hold: uuid('part', number) }
    default: {
      const named = picked(action.pick, target)
      return { ...given, ...(named === null ? {} : { seats: named }) }
    }
  }
}

/** To another holder; by the box office to a user as well, who becomes the owner. */
function transferOf(action: Action, target: Command | undefined): Partial<Command> {
  const named = picked(action.pick, target)
  const isForUser = action.caller === 'boxOffice' && action.isOutOfBlock
  return {
    ...(isForUser ? { holder: 'user_1', owner: 'user_1' } : { holder: action.holder ?? 'Carol' }),
    ...(action.reference === null ? {} : { reference: action.reference }),
    ...(named === null ? {} : { seats: named }),
  }
}

function picked(pick: Pick, target: Command | undefined): readonly number[] | null {
  if (pick === null) return null
  if ('any' in pick) return pick.any
  const seats = target?.seats ?? [0]
  return [...new Set(pick.own.map((place) => seats[place % seats.length] as number))]
}
