/**
 * A row along which the next seat is not the one with the next number: a round table, or a row that
 * got seats later. `rowlock.lines` has them; in all other rows neighbours are found by number.
 */
export interface SeatLine {
  /** The last seat sits beside the first one. */
  readonly round: boolean
  /** Seat numbers from one end to the other. */
  readonly seats: readonly number[]
}

/**
 * The lines of a plan. `rights` has, for each seat number, the seat that sits to its right, or
 * null; `joined` has whether it counts as the neighbour of the seat with the next number.
 */
export function linesOf(
  rights: readonly (number | null)[],
  joined: readonly boolean[],
): SeatLine[] {
  const isRightOfSomebody = new Set(rights)
  const seen = new Set<number>()
  const follow = (first: number): SeatLine => {
    const seats: number[] = []
    let seat: number | null | undefined = first
    for (; seat != null && !seen.has(seat); seat = rights[seat]) {
      seen.add(seat)
      seats.push(seat)
    }
    return { round: seat != null, seats }
  }
  const all = rights.map((_, number) => number)
  const open = all.filter((number) => !isRightOfSomebody.has(number)).map(follow)
  const closed = all
    .filter((number) => !seen.has(number))
    .flatMap((number) => {
      return seen.has(number) ? [] : [follow(number)]
    })
  return [...open.filter((line) => !isInNumbers(line, joined)), ...closed]
}

/** Tells whether the numbers of a row say all of it. */
function isInNumbers({ seats }: SeatLine, joined: readonly boolean[]): boolean {
  const last = seats.at(-1) as number
  return (
    joined[last] !== true &&
    seats.every((number, place) => {
      return number === last || (seats[place + 1] === number + 1 && joined[number] === true)
    })
  )
}

/** Tells whether seats are side by side in a line. */
export function areTogetherInLine(line: SeatLine, numbers: readonly number[]): boolean {
  const taken = line.seats.map((number) => numbers.includes(number))
  const count = taken.filter(Boolean).length
  if (count !== numbers.length) return false
  const ends = taken.filter((isTaken, place) => {
    const next = place + 1 === taken.length && line.round ? taken[0] : taken[place + 1]
    return isTaken && next !== true
  })
  return ends.length === 1 || count === taken.length
}
