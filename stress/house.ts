import type { Random } from '../rig/index.ts'
import { type SeatMap, STATUS_LETTERS } from '../src/protocol/index.ts'

/** A house as shoppers see it: drawn once, looked at again and again. */
export interface House {
  readonly map: SeatMap
  readonly seatCount: number
  /** Keys of the sections that have places instead of chosen seats. */
  readonly openSections: readonly string[]
  /** Numbers of the seats that people choose, the nearest to the focal point first. */
  readonly fromFront: readonly number[]
  /** By seat number: the numbers of the seats of its row, in order. Empty for places. */
  readonly rowOf: readonly (readonly number[])[]
  readonly numberOf: ReadonlyMap<string, number>
}

const ACCESSIBLE = 1
const COMPANION = 2

/** Works out what people see in a map: where the front is, and who sits beside whom. */
export function drawHouse(map: SeatMap): House {
  const { seats, sections, seatCount } = map
  const isPlace = (seat: number) => sections[seats.sections[seat] ?? -1]?.generalAdmission === true
  const numbers = Array.from({ length: seatCount }, (_, seat) => seat)
  const chosen = numbers.filter((seat) => !isPlace(seat))
  const focus = map.focalPoint ?? { x: map.width / 2, y: 0 }
  const distances = numbers.map((seat) =>
    Math.hypot((seats.xs[seat] ?? 0) - focus.x, (seats.ys[seat] ?? 0) - focus.y),
  )
  const fromFront = chosen.toSorted((one, two) => (distances[one] ?? 0) - (distances[two] ?? 0))
  const rows = Map.groupBy(chosen, (seat) => `${seats.sections[seat]}/${seats.rows[seat]}`)
  const rowOf: (readonly number[])[] = numbers.map(() => [])
  for (const row of rows.values()) for (const seat of row) rowOf[seat] = row
  return {
    map,
    seatCount,
    openSections: sections.filter((one) => one.generalAdmission).map(({ key }) => key),
    fromFront,
    rowOf,
    numberOf: new Map(seats.labels.map((label, seat) => [label, seat])),
  }
}

/** Printed names of seats. */
export function labelsOf(house: House, seats: readonly number[]): string[] {
  return seats.map((seat) => house.map.seats.labels[seat] ?? '')
}

/** Counts the seats that have this letter in the compact form. */
export function countLetters(statuses: string, letter: string): number {
  let count = 0
  for (const one of statuses) if (one === letter) count += 1
  return count
}

const TRIES = 12

/**
 * The seats that somebody points at: side by side, about as far from the front as they dare, or
 * where that cannot be, whatever is free there. Fewer than `quantity` when there are not as many;
 * places for wheelchairs and companions only when nothing else is left.
 */
export function chooseSeats(
  house: House,
  statuses: string,
  { quantity, modesty, random }: { quantity: number; modesty: number; random: Random },
): number[] {
  const isFree = (seat: number) => statuses[seat] === STATUS_LETTERS.available
  const isUsual = (seat: number) =>
    ((house.map.seats.flags[seat] ?? 0) & (ACCESSIBLE | COMPANION)) === 0
  const free = house.fromFront.filter(isFree)
  const usual = free.filter(isUsual)
  const wanted = usual.length >= quantity ? usual : free
  const reach = modesty * house.fromFront.length
  for (let turn = 0; turn < TRIES && wanted.length > quantity; turn++) {
    const first = wanted[Math.floor(random.span(reach)) % wanted.length] as number
    const run = runFrom(house, first, quantity, (seat) => isFree(seat) && isUsual(seat))
    if (run.length === quantity) return run
  }
  const start = random.whole(0, Math.max(0, wanted.length - quantity))
  return wanted.slice(start, start + quantity)
}

/** Free seats to the right of one, itself included. */
function runFrom(
  house: House,
  first: number,
  quantity: number,
  isFree: (seat: number) => boolean,
): number[] {
  const row = house.rowOf[first] ?? []
  const start = row.indexOf(first)
  const run = row.slice(start, start + quantity)
  return run.every(isFree) ? run : []
}
