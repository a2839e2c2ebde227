/**
 * Model of the best seats, by brute force and in the words of docs/concepts/best-available.md:
 * every stretch of every length is looked at. The kernel must choose the very same seats.
 */
import type { BestSeats } from '../../src/protocol/index.ts'

/** A seat at its number. `joined`: it sits beside the one with the next number. */
export interface HouseSeat {
  readonly label: string
  readonly x: number
  readonly y: number
  readonly section: string | null
  readonly category: string
  readonly accessible: boolean
  readonly companion: boolean
  readonly restrictedView: boolean
  readonly joined: boolean
  /** A place of general admission. */
  readonly standing: boolean
}

/** A house as the model sees it. */
export interface House {
  readonly seats: readonly HouseSeat[]
  readonly focalPoint: { readonly x: number; readonly y: number } | null
  /** Rows along which numbers jump: there, nothing is `joined`. */
  readonly lines: readonly { readonly round: boolean; readonly seats: readonly number[] }[]
}

/** Shortage: what there is too little of, as the kernel says it. */
export interface Shortage {
  readonly limit: number
  readonly accessible: boolean
}

interface Wanted {
  readonly quantity: number
  /** So many of the seats that are counted apart: accessible ones, or the better of two kinds. */
  readonly accessible: number
}

/** The house with what is free in it. */
class Choice {
  readonly house: House
  readonly distances: readonly number[]
  readonly isAccessible: (number: number) => boolean
  free: Set<number>
  match: Set<number>

  constructor(
    house: House,
    free: Iterable<number>,
    match: Iterable<number>,
    isAccessible: (number: number) => boolean,
  ) {
    this.house = house
    this.distances = distancesOf(house)
    this.isAccessible = isAccessible
    this.free = new Set(free)
    this.match = new Set(match)
  }

  countAccessible(numbers: readonly number[]): number {
    return numbers.filter(this.isAccessible).length
  }

  take(numbers: readonly number[]): void {
    for (const number of numbers) {
      this.free.delete(number)
      this.match.delete(number)
    }
  }

  copy(): Choice {
    return new Choice(this.house, this.free, this.match, this.isAccessible)
  }

  /** All stretches of so many matching seats side by side. */
  stretches(size: number): number[][] {
    return this.house.seats
      .flatMap((_, start) => alongFrom(this.house, start, size))
      .filter((seats) => seats.every((number) => this.match.has(number)))
  }

  /** No orphan first, then the least distance, then the lowest number. */
  best(groups: readonly number[][]): number[] | undefined {
    const ranked = groups.map((seats) => ({
      seats,
      orphans: newOrphans(this.house, this.free, seats).length > 0 ? 1 : 0,
      distance: seats.reduce((sum, number) => sum + (this.distances[number] ?? 0), 0),
    }))
    ranked.sort(
      (one, two) =>
        one.orphans - two.orphans ||
        one.distance - two.distance ||
        (one.seats[0] ?? 0) - (two.seats[0] ?? 0),
    )
    return ranked[0]?.seats
  }

  /** The best group of the largest size there is, up to a size. */
  group(wanted: Wanted, sizeMax: number): number[] {
    for (let size = Math.min(sizeMax, wanted.quantity); size > 0; size--) {
      const groups = this.stretches(size).filter((seats) =>
        suits(wanted, size, this.countAccessible(seats)),
      )
      const paired = groups.filter((seats) => this.hasPair(seats))
      const best = this.best(paired.length > 0 ? paired : groups)
      if (best) return best
    }
    return []
  }

  /** An accessible seat with a companion's seat beside it. */
  hasPair(numbers: readonly number[]): boolean {
    const { seats } = this.house
    return numbers.slice(1).some((number, index) => {
      const [one, other] = [seats[numbers[index] as number], seats[number]]
      return (one?.accessible && other?.companion) || (one?.companion && other?.accessible)
    })
  }

  /** With `isPartly` only as long as accessible seats are wanted: the others are left over. */
  groups({ quantity, accessible }: Wanted, isPartly: boolean): number[] {
    if (quantity === 0 || (isPartly && accessible === 0)) return []
    const group = this.pickGroup({ quantity, accessible })
    const left = {
      quantity: quantity - group.length,
      accessible: accessible - this.countAccessible(group),
    }
    this.take(group)
    return [...group, ...this.groups(left, isPartly)]
  }

  /** The largest group; one smaller where that keeps the last two together. */
  pickGroup(wanted: Wanted): number[] {
    const group = this.group(wanted, wanted.quantity)
    if (group.length !== wanted.quantity - 1 || group.length <= 2) return group
    const smaller = this.group(wanted, group.length - 1)
    if (smaller.length !== group.length - 1) return group
    const rest = this.copy()
    rest.take(smaller)
    const accessible = wanted.accessible - this.countAccessible(smaller)
    return rest.group({ quantity: 2, accessible }, 2).length === 2 ? smaller : group
  }
}

/**
 * Tells whether a group of so many seats, some of them accessible, suits what is still wanted.
 * Nobody who needs no accessible seat is given one; a group for somebody who does has one, and
 * leaves a companion for each accessible seat to come, or has at most one companion for each of its
 * own.
 */
function suits({ quantity, accessible }: Wanted, size: number, has: number): boolean {
  if (accessible === 0) return has === 0
  if (has === 0 || has > accessible) return false
  const companions = quantity - accessible
  const taken = size - has
  const toCome = accessible - has
  return taken <= companions && (companions - taken >= toCome || taken <= has)
}

/** In billionths of the greatest one, rounded as the kernel rounds: half to even. */
function distancesOf({ seats, focalPoint }: House): number[] {
  if (!focalPoint) return seats.map(() => 0)
  const exact = seats.map(({ x, y }) => {
    const [dx, dy] = [x - focalPoint.x, y - focalPoint.y]
    return Math.sqrt(dx * dx + dy * dy)
  })
  const greatest = Math.max(...exact)
  return exact.map((distance) => (greatest === 0 ? 0 : roundEven((1e9 * distance) / greatest)))
}

function roundEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

/** So many seats side by side from one on, where there are as many; never one seat twice. */
function alongFrom(house: House, start: number, size: number): number[][] {
  const seats = [start]
  while (seats.length < size) {
    const next = rightOf(house, seats.at(-1) as number)
    if (next === undefined || next === start) return []
    seats.push(next)
  }
  return [seats]
}

/** Finds who sits to the right of a seat. */
function rightOf({ seats, lines }: House, number: number): number | undefined {
  const line = lines.find((one) => one.seats.includes(number))
  if (line === undefined) return seats[number]?.joined ? number + 1 : undefined
  const next = line.seats[line.seats.indexOf(number) + 1]
  return next ?? (line.round ? line.seats[0] : undefined)
}

/** Free seats without a free neighbour. */
export function alone(house: House, free: ReadonlySet<number>): number[] {
  const isStanding = (number: number) => house.seats[number]?.standing === true
  const besides = new Set<number>()
  for (const [left] of house.seats.entries()) {
    const right = rightOf(house, left)
    if (right === undefined || isStanding(left) || !free.has(left) || !free.has(right)) continue
    besides.add(left).add(right)
  }
  return [...free].filter((number) => !besides.has(number))
}

/** Tells whether even the best seats, as many and of the same kinds, would leave no fewer alone. */
export function isNothingElseLeft(
  house: House,
  free: ReadonlySet<number>,
  named: readonly number[],
  orphanCount = newOrphans(house, free, named).length,
): boolean {
  const accessible = named.filter((number) => house.seats[number]?.accessible).length
  const best = bestSeats(house, free, { quantity: named.length, accessible })
  if (!Array.isArray(best)) return true
  return orphanCount <= newOrphans(house, free, best).length
}

/** Free seats that would be alone without `taken`, and are not yet; by number. */
export function newOrphans(
  house: House,
  free: ReadonlySet<number>,
  taken: readonly number[],
): number[] {
  const before = new Set(alone(house, free))
  const after = new Set([...free].filter((number) => !taken.includes(number)))
  return alone(house, after)
    .filter((number) => !before.has(number))
    .sort((one, two) => one - two)
}

/** The seats that match an ask, general admission only where it is named. */
export function matching({ seats }: House, free: ReadonlySet<number>, ask: BestSeats): number[] {
  return [...free]
    .filter((number) => {
      const { section, category, standing } = seats[number] as HouseSeat
      if (ask.section === undefined ? standing : section !== ask.section) return false
      return ask.category === undefined || category === ask.category
    })
    .sort((one, two) => one - two)
}

/** The seats for an ask, in their order, or what there is too little of. */
export function bestSeats(
  house: House,
  free: ReadonlySet<number>,
  ask: BestSeats,
): number[] | Shortage {
  const { quantity, accessible = 0 } = ask
  const match = matching(house, free, ask)
  const ofKind = (kind: boolean) =>
    match.filter((number) => house.seats[number]?.accessible === kind)
  if (ofKind(true).length < accessible) return { limit: ofKind(true).length, accessible: true }
  const others = quantity - accessible
  if (ofKind(false).length < others) return { limit: ofKind(false).length, accessible: false }
  const isStanding = match.some((number) => house.seats[number]?.standing)
  if (isStanding) return [...ofKind(true).slice(0, accessible), ...ofKind(false).slice(0, others)]
  const isAccessible = (number: number) => house.seats[number]?.accessible === true
  const choice = new Choice(house, free, match, isAccessible)
  const first = accessible > 0 ? choice.groups({ quantity, accessible }, true) : []
  choice.take(first)
  const rest = [...choice.match].filter((number) => !isAccessible(number))
  return [...first, ...bestOthers(house, choice.free, rest, quantity - first.length)]
}

/** Plain seats before those with a restricted view, and companions' seats last. */
function bestOthers(
  house: House,
  free: ReadonlySet<number>,
  match: readonly number[],
  quantity: number,
): number[] {
  const rank = (number: number) => {
    const { companion, restrictedView } = house.seats[number] as HouseSeat
    return companion ? 2 : Number(restrictedView)
  }
  for (const worst of [0, 1, 2]) {
    const good = match.filter((number) => rank(number) <= worst)
    if (good.length < quantity) continue
    const isBetter = (number: number) => rank(number) < worst
    const better = good.filter(isBetter).length
    return new Choice(house, free, good, isBetter).groups({ quantity, accessible: better }, false)
  }
  return []
}
