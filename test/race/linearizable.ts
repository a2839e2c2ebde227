/**
 * Judges what clients of a show were told, from outside: each seat is a register of its own, and
 * there must be an order of all operations on it, each somewhere between its request and its
 * answer, in which every answer is right (Wing and Gong's search, with Lowe's memory of where it
 * has been). Holds end without an operation: their end is compared with the clock of the request
 * and of the answer.
 */

/** One operation as its client saw it; times in milliseconds since 1970. */
export interface Operation {
  readonly kind: 'hold' | 'book' | 'confirm' | 'release' | 'cancel' | 'read'
  /** Of the hold or booking; a booking made from a hold keeps the hold's. */
  readonly id: string
  readonly seats: readonly number[]
  readonly outcome: 'done' | 'refused' | 'unknown'
  readonly until: number
  /** Of refusals and reads: what each seat was; those not named were available. */
  readonly seen: ReadonlyMap<number, Seen>
  readonly version: number | null
  readonly asOf: number
  readonly invokedAt: number
  readonly answeredAt: number
}

export interface Seen {
  readonly status: 'held' | 'booked'
  readonly until: number | null
}

/** A seat: whose it is, until when, and whether for good. */
interface Register {
  readonly owner: string | null
  readonly until: number
  readonly booked: boolean
}

/** How far the clocks of client and database may read apart. */
const SLACK_MS = 5
const FREE: Register = { owner: null, until: 0, booked: false }

/** Seats whose answers no order explains. */
export function oddSeats(history: readonly Operation[], seatCount: number): number[] {
  return Array.from({ length: seatCount }, (_, seat) => seat).filter((seat) => {
    const operations = history.filter(({ seats }) => seats.includes(seat))
    return !isLinearizable(operations, seat)
  })
}

function isLinearizable(operations: readonly Operation[], seat: number): boolean {
  const sorted = operations.toSorted((one, two) => one.invokedAt - two.invokedAt)
  interface Place {
    readonly done: ReadonlySet<number>
    /** All before it are done. */
    readonly base: number
    readonly register: Register
  }
  const stack: Place[] = [{ done: new Set(), base: 0, register: FREE }]
  const seen = new Set<string>()
  for (let place = stack.pop(); place; place = stack.pop()) {
    const { done, base, register } = place
    if (base === sorted.length) return true
    const key = `${base} ${[...done].toSorted()} ${register.owner} ${register.until}`
    if (seen.has(key + register.booked)) continue
    seen.add(key + register.booked)
    for (const index of candidates(sorted, done, base)) {
      for (const next of after(register, sorted[index] as Operation, seat)) {
        const more = new Set(done).add(index)
        let first = base
        while (more.delete(first)) first += 1
        stack.push({ done: more, base: first, register: next })
      }
    }
  }
  return false
}

/** What may come next: no other that is open was answered before it was asked. */
function candidates(
  sorted: readonly Operation[],
  done: ReadonlySet<number>,
  base: number,
): number[] {
  const open: number[] = []
  let firstAnswerAt = Number.POSITIVE_INFINITY
  for (let index = base; index < sorted.length; index++) {
    const { invokedAt, answeredAt } = sorted[index] as Operation
    if (invokedAt > firstAnswerAt) break
    if (done.has(index)) continue
    open.push(index)
    firstAnswerAt = Math.min(firstAnswerAt, answeredAt)
  }
  // Later answers first on the stack, so that the earliest is tried first.
  return open
    .filter((index) => (sorted[index] as Operation).invokedAt <= firstAnswerAt)
    .toSorted((one, two) => answerOf(sorted, two) - answerOf(sorted, one))
}

function answerOf(sorted: readonly Operation[], index: number): number {
  return (sorted[index] as Operation).answeredAt
}

/** What the seat may be after the operation; nothing when the answer cannot be. */
function after(register: Register, operation: Operation, seat: number): Register[] {
  if (operation.outcome === 'refused') return isAsSeen(register, operation, seat) ? [register] : []
  if (operation.outcome === 'unknown') return [register, ...done(register, operation, seat)]
  return done(register, operation, seat)
}

function done(register: Register, operation: Operation, seat: number): Register[] {
  const { kind, id, until } = operation
  const isOwn = register.owner === id
  switch (kind) {
    case 'hold':
      return mayBeFree(register, operation) ? [{ owner: id, until, booked: false }] : []
    case 'book':
      return mayBeFree(register, operation) ? [{ owner: id, until: 0, booked: true }] : []
    case 'confirm':
      return isOwn && !register.booked && mayBeLive(register, operation)
        ? [{ owner: id, until: 0, booked: true }]
        : []
    case 'release':
      if (!isOwn) return [register]
      return register.booked ? [] : [FREE]
    case 'cancel':
      return isOwn && register.booked ? [FREE] : []
    case 'read':
      return isAsSeen(register, operation, seat) ? [register] : []
  }
}

function isAsSeen(register: Register, operation: Operation, seat: number): boolean {
  if (operation.kind === 'confirm') {
    const isHeld = register.owner === operation.id && !register.booked
    return !isHeld || register.until <= operation.answeredAt + SLACK_MS
  }
  const seen = operation.seen.get(seat)
  if (!seen) return mayBeFree(register, operation)
  if (seen.status === 'booked') return register.booked
  if (register.owner === null || register.booked) return false
  return register.until === seen.until && mayBeLive(register, operation)
}

function mayBeFree({ owner, until, booked }: Register, { answeredAt }: Operation): boolean {
  return owner === null || (!booked && until <= answeredAt + SLACK_MS)
}

function mayBeLive({ until }: Register, { invokedAt }: Operation): boolean {
  return until > invokedAt - SLACK_MS
}
