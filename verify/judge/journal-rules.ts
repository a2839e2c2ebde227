import type { RunFacts, ShowFacts } from '../history/history.ts'
import type { Findings } from './finding.ts'
import type { Step, Timeline } from './timeline.ts'

/** Facts that the rules for one entry work with. */
interface Case {
  readonly step: Step
  /** The entry of the same chain before it. */
  readonly before: Step | undefined
  readonly timeline: Timeline
  readonly show: ShowFacts
  readonly isStaff: boolean
  say(rule: Parameters<Findings['add']>[0], detail: string, seats?: readonly string[]): void
}

/**
 * Judges whether every entry of a journal was legal when it was written: by what was there at the
 * version before it, at its own time. An opinion of its own: nothing here knows how the kernel does
 * it.
 */
export function judgeJournal(
  show: ShowFacts,
  timeline: Timeline,
  run: RunFacts,
  findings: Findings,
): void {
  const requests = new Map<string, number>()
  let version = 0
  let time = Number.NEGATIVE_INFINITY
  for (const step of timeline.steps) {
    const { entry, at, chain } = step
    const say: Case['say'] = (rule, detail, seats = []) =>
      findings.add(rule, show.key, `version ${entry.version}, ${entry.kind}: ${detail}`, { seats })
    if (entry.version !== version + 1) say('gap in the journal', `it follows version ${version}`)
    if (at < time) say('time ran back', `${entry.at} is before the entry ahead of it`)
    version = entry.version
    time = at
    if (entry.requestId !== null) {
      const first = requests.get(entry.requestId)
      if (first !== undefined) say('one key, two effects', `version ${first} has the same request`)
      requests.set(entry.requestId, entry.version)
    }
    if (chain === null) continue
    const before = timeline.chain(chain, entry.version - 1)
    const isStaff = run.staff.some((actor) => entry.actor === actor)
    const one = { step, before, timeline, show, isStaff, say }
    judgeKind(one)
    judgeSeats(one)
    judgeLimits(one)
  }
}

const CREATES = new Set(['hold', 'book', 'block'])

/** Each kind of entry follows from some kinds only, and keeps or changes the seats as it says. */
function judgeKind(one: Case): void {
  const { step, before, say } = one
  const { kind } = step.entry
  if (CREATES.has(kind)) {
    if (before) say('step from nowhere', `${step.entry.id} was made before`)
    return
  }
  if (!before && kind === 'transfer') {
    judgePart(one)
    return
  }
  if (!before) {
    say('step from nowhere', `nothing was ever made under ${step.entry.id}`)
    return
  }
  const wanted = FROM[kind]
  if (wanted === undefined) return
  if (before.kind !== wanted) {
    say('step from nowhere', `it was ${before.kind} before, not ${wanted}`, before.entry.seats)
  }
  if (kind === 'extend') judgeExtension(one, before)
  if (kind === 'confirm') judgeConfirmation(one, before)
  if (kind === 'change') judgeChange(one, before)
  if (NOTES.has(kind) && !sameSeats(step.entry.seats, before.entry.seats)) {
    say('not all or nothing', `notes changed its seats, ${before.entry.seats}`, step.entry.seats)
  }
  if (RETURNS.has(kind)) judgeReturn(one, before)
}

/** Kinds that leave a chain no seat that it had not before. */
const RETURNS = new Set(['release', 'cancel', 'unblock', 'transfer'])

/** Kinds that change what is said beside the seats, and nothing else. */
const NOTES = new Set(['amend', 'describe'])

/** State that a chain has to be in for a kind of entry. */
const FROM: Readonly<Record<string, Step['kind']>> = {
  extend: 'held',
  change: 'held',
  release: 'held',
  confirm: 'held',
  cancel: 'booked',
  swap: 'booked',
  transfer: 'booked',
  amend: 'booked',
  unblock: 'blocked',
  describe: 'blocked',
}

function judgeExtension({ step, timeline, show, say }: Case, before: Step): void {
  if (!sameSeats(step.entry.seats, before.entry.seats)) {
    say('not all or nothing', 'an extension changed the seats', step.entry.seats)
  }
  if (before.until <= step.at) {
    say('ended late or early', `the hold had ended at ${before.entry.until}`, step.entry.seats)
  }
  const first = timeline.chainSteps(step.chain as string)[0] as Step
  if (step.until - first.at > show.holdLifeSecondsMax * 1000) {
    say('limit passed', `the hold lives longer than ${show.holdLifeSecondsMax} s`)
  }
}

/** The end stays, what went is free, and what stayed was not given back. */
function judgeChange({ step, say }: Case, before: Step): void {
  const { entry } = step
  if (before.until <= step.at) {
    say('ended late or early', `the hold had ended at ${before.entry.until}`, entry.seats)
  }
  if (step.until !== before.until) {
    say('ended late or early', `its end moved from ${before.entry.until}`, entry.seats)
  }
  const gone = before.entry.seats.filter((seat) => !entry.seats.includes(seat))
  if (!sameSeats(gone, entry.freed)) {
    say('not all or nothing', `${gone} went from it, and ${entry.freed} are free`, gone)
  }
}

/** Seats that left a booking in the entry before, for nobody else than this one. */
function judgePart({ step, timeline, say }: Case): void {
  const { entry } = step
  const rest = timeline.step(entry.version - 1)
  const isGiven = rest?.entry.kind === 'transfer' && sameSeats(rest.entry.freed, entry.seats)
  if (!isGiven) say('step from nowhere', `no booking gave ${entry.seats} for it`, entry.seats)
  else if (rest.entry.bookedAt !== entry.bookedAt) {
    say('step from nowhere', `it was sold at ${rest.entry.bookedAt}`, entry.seats)
  }
}

function judgeConfirmation({ step, say }: Case, before: Step): void {
  if (!sameSeats(step.entry.seats, before.entry.seats)) {
    say('confirmed other seats', `${before.entry.seats} became ${step.entry.seats}`)
  }
}

/**
 * Judges a return: what is given back, was there; what is named and there is given back; the rest
 * stays.
 */
function judgeReturn({ step, timeline, say }: Case, before: Step): void {
  const { entry, chain } = step
  const strange = entry.seats.filter((seat) => !before.entry.seats.includes(seat))
  if (strange.length > 0) say('not all or nothing', `it has ${strange} more than before`, strange)
  const gone = before.entry.seats.filter((seat) => !entry.seats.includes(seat))
  const own = gone.filter((seat) => {
    return timeline.seat(seat, entry.version - 1, step.at).chain === chain
  })
  const kept = own.filter((seat) => !entry.freed.includes(seat))
  if (kept.length > 0) say('not all or nothing', `${kept} went from it, but not free`, kept)
}

/** Seats that are taken were free, and those that are given back were its own. */
function judgeSeats({ step, timeline, say }: Case): void {
  const { entry, chain, at, until } = step
  for (const seat of entry.freed) {
    const owner = timeline.claim(seat, entry.version - 1)?.chain ?? null
    if (owner !== chain) say('gave back what it did not have', `${seat} is of ${owner}`, [seat])
  }
  if (until <= at) return
  for (const seat of entry.seats) {
    const state = timeline.seat(seat, entry.version - 1, at)
    if (state.chain !== null && state.chain !== chain) {
      say('sold twice', `${seat} is ${state.status} by ${state.chain}`, [seat])
    }
  }
}

function judgeLimits(one: Case): void {
  const { step, before, show, isStaff, say } = one
  const { entry, at, until } = step
  const isHandedOn = entry.kind === 'transfer' && entry.holder !== before?.entry.holder
  if (isHandedOn) judgeHolder(one)
  const isGrown = entry.kind === 'change' && entry.seats.length > (before?.entry.seats.length ?? 0)
  if (isStaff || !(entry.kind === 'hold' || entry.kind === 'book' || isGrown)) return
  if (entry.seats.length > show.maxSeatsPerHold) {
    say('limit passed', `${entry.seats.length} seats, and ${show.maxSeatsPerHold} are allowed`)
  }
  if (entry.kind === 'hold' && until - at > show.holdSecondsMax * 1000) {
    say('limit passed', `it lasts longer than ${show.holdSecondsMax} s`)
  }
  judgeHolder(one)
}

function judgeHolder({ step, timeline, show, say }: Case): void {
  const { entry, at, chain } = step
  if (show.maxSeatsPerHolder === null || entry.holder === null || chain === null) return
  const owners = [ownerOf(beginnerOf(timeline, chain))]
  const count = seatsOfHolder(timeline, entry.holder, owners, entry.version, at)
  if (count > show.maxSeatsPerHolder) {
    say('limit passed', `${entry.holder} has ${count} seats, ${show.maxSeatsPerHolder} allowed`)
  }
}

/** Finds whose a chain is, by who began it: a user's or a key's own, or of all others of a kind. */
export function ownerOf(actor: string): string {
  return actor.startsWith('anonymous') ? 'anonymous' : actor
}

/** Finds who began a chain, or the one that its seats left. */
export function beginnerOf(timeline: Timeline, chain: string): string {
  const [first] = timeline.chainSteps(chain)
  if (first?.entry.kind !== 'transfer') return first?.entry.actor ?? ''
  const former = timeline.step(first.entry.version - 1)?.chain ?? null
  return former === null || former === chain ? first.entry.actor : beginnerOf(timeline, former)
}

/** Seats in live holds and bookings of a holder of some owners, after a version. */
export function seatsOfHolder(
  timeline: Timeline,
  holder: string,
  owners: readonly string[],
  version: number,
  at: number,
): number {
  let count = 0
  for (const chain of holdersOf(timeline).get(holder) ?? []) {
    if (!owners.includes(ownerOf(beginnerOf(timeline, chain)))) continue
    const step = timeline.chain(chain, version)
    if (step?.entry.holder !== holder || step.kind === 'blocked') continue
    if (step.until > at) count += step.entry.seats.length
  }
  return count
}

const HOLDERS = new WeakMap<Timeline, Map<string, Set<string>>>()

function holdersOf(timeline: Timeline): Map<string, Set<string>> {
  const known = HOLDERS.get(timeline)
  if (known) return known
  const holders = new Map<string, Set<string>>()
  for (const [chain, steps] of timeline.chains) {
    for (const { entry } of steps) {
      if (entry.holder === null) continue
      holders.set(entry.holder, (holders.get(entry.holder) ?? new Set()).add(chain))
    }
  }
  HOLDERS.set(timeline, holders)
  return holders
}

/** Tells whether two lists name the same seats, in whatever order. */
export function sameSeats(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((seat) => other.includes(seat))
}
