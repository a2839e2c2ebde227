import { normalizeLabel, Refusal, type SeatItem } from '../protocol/index.ts'
import type { Context } from './context.ts'
import { areTogetherInLine } from './stored/seat-lines.ts'
import type { StoredPlan } from './stored/stored-plan.ts'
import type { ShowIdentity } from './stored/stored-show.ts'

/** A show together with its plan: what turns labels into seat numbers and back. */
export class SoldShow {
  readonly identity: ShowIdentity
  readonly plan: StoredPlan

  constructor(identity: ShowIdentity, plan: StoredPlan) {
    this.identity = identity
    this.plan = plan
  }

  get key(): string {
    return this.identity.key
  }

  get showId(): number {
    return this.identity.showId
  }

  labelOf(number: number): string {
    return this.plan.seats[number]?.label ?? `#${number}`
  }

  /**
   * Tells whether the seats are all side by side, or places of one general admission section, where
   * people stand as they like. One seat is together, none are not.
   */
  areTogether(numbers: readonly number[]): boolean {
    if (numbers.length === 0) return false
    if (this.#isStandingTogether(numbers)) return true
    const first = Math.min(...numbers)
    const line = this.plan.lines.get(first)
    if (line !== undefined) return areTogetherInLine(line, numbers)
    const last = Math.max(...numbers)
    return (
      last === first + numbers.length - 1 &&
      numbers.every((number) => number === last || this.plan.joined[number] === true)
    )
  }

  labelsOf(numbers: readonly number[]): string[] {
    return numbers.map((number) => this.labelOf(number))
  }

  /** The seats with what their prices may depend on, in the same order. */
  itemsOf(numbers: readonly number[]): SeatItem[] {
    return numbers.flatMap((seatNo) => {
      const found = this.plan.seats[seatNo]
      if (found === undefined) return []
      const { label: seat, section, row, number, category, accessible } = found
      return [{ seat, section, row, number, category, accessible }]
    })
  }

  #isStandingTogether(numbers: readonly number[]): boolean {
    const [first = -1] = numbers
    const key = this.plan.seats[first]?.section
    const section = this.plan.sections.find((one) => one.key === key)
    return (
      section?.generalAdmission === true &&
      numbers.every((number) => this.plan.seats[number]?.section === key)
    )
  }
}

/** Seats of a command: their numbers, and the labels as they were asked for. */
export interface NamedSeats {
  readonly numbers: readonly number[]
  /** The label behind a number that the plan does not have: those are -1, -2 … */
  readonly strangers: ReadonlyMap<number, string>
}

/** The show under a key. Refusal: `show_unknown`. */
export async function findShow(context: Context, key: string): Promise<SoldShow> {
  const identity = await context.shows.get(key)
  return await withPlan(context, identity)
}

/** The show with at least so many seats, if its plan has grown. */
export async function withPlan(
  context: Context,
  identity: ShowIdentity,
  atLeast = 0,
): Promise<SoldShow> {
  const plan = await context.plans.get(identity.planId, atLeast)
  if (!plan) throw new Refusal('plan_unknown')
  return new SoldShow(identity, plan)
}

/** The show with a plan that has these seats, should it have grown since it was read. */
export async function withSeats(
  context: Context,
  show: SoldShow,
  numbers: readonly number[],
): Promise<SoldShow> {
  const isKnown = numbers.every((number) => number < show.plan.seats.length)
  return isKnown ? show : await withPlan(context, show.identity, Math.max(...numbers) + 1)
}

/**
 * Labels as seat numbers. What the plan does not have gets a number below 0, which the kernel
 * refuses as `unknown` together with whatever else is in the way. A show's own plan may have
 * grown since it was read, so before calling a label unknown the database is asked.
 */
export async function numberSeats(
  context: Context,
  show: SoldShow,
  labels: readonly string[],
): Promise<{ show: SoldShow; seats: NamedSeats }> {
  const seats = lookUp(show, labels)
  if (seats.strangers.size === 0 || show.plan.venueId !== null) return { show, seats }
  const [row] = await context.database.read<{ seat_count: number }>(
    'select policy.seat_count from rowlock.policies as policy where policy.show_id = $1',
    [show.showId],
  )
  const seatCount = row?.seat_count ?? 0
  if (seatCount <= show.plan.seats.length) return { show, seats }
  const grown = await withPlan(context, show.identity, seatCount)
  return { show: grown, seats: lookUp(grown, labels) }
}

function lookUp(show: SoldShow, labels: readonly string[]): NamedSeats {
  const strangers = new Map<number, string>()
  const numbers = labels.map((label) => {
    const number = show.plan.numbers.get(label)
    if (number !== undefined) return number
    const stranger = -1 - strangers.size
    strangers.set(stranger, normalizeLabel(label))
    return stranger
  })
  return { numbers, strangers }
}
