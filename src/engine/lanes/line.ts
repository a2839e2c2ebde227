import type { Lane } from './lane.ts'
import type { Pending } from './pending.ts'

/** So often a show is found locked before it is given a connection of its own. */
const OFTEN = 2
const PAUSE_MS_MAX = 100

/** The commands of one show that wait, in the order in which they came. */
export class Line {
  readonly showId: number
  #waiting: Pending[] = []
  /** Batches in flight that have some of them, all on one connection. */
  #flightCount = 0
  #lane: Lane | null = null
  /** Some were turned back: they come first, and behind nobody. */
  #isTurnedBack = false
  /** Number of times in a row that it was found locked. */
  #lockedCount = 0
  /** It is not tried again before, in milliseconds of `performance.now()`. */
  notBefore = 0

  constructor(showId: number) {
    this.showId = showId
  }

  get waiting(): readonly Pending[] {
    return this.#waiting
  }

  get size(): number {
    return this.#waiting.length
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0 && this.#flightCount === 0
  }

  get isOftenLocked(): boolean {
    return this.#lockedCount >= OFTEN
  }

  /** Tells whether its commands may go: none of them is under way, and it is not paused. */
  mayGo(now: number): boolean {
    return this.#flightCount === 0 && this.#waiting.length > 0 && this.notBefore <= now
  }

  /** Tells whether they may go right behind the batch in flight on that connection. */
  mayFollow(lane: Lane, now: number): boolean {
    if (this.#isTurnedBack || this.isOftenLocked) return false
    if (this.#waiting.length === 0 || this.notBefore > now) return false
    return this.#lane === null || this.#lane === lane
  }

  add(pending: Pending): void {
    this.#waiting.push(pending)
  }

  /** The next commands, at most so many; until `giveBack` the others stay with that connection. */
  take(countMax: number, lane: Lane): Pending[] {
    this.#flightCount += 1
    this.#lane = lane
    this.#isTurnedBack = false
    return this.#waiting.splice(0, countMax)
  }

  /**
   * Takes back what came back: it goes first again, at first simply with the next batch; with
   * `isStuck` alone. Nothing came back: the show was not locked.
   */
  giveBack(left: readonly Pending[], now: number, isStuck: boolean): void {
    this.#land(left)
    this.notBefore = 0
    if (left.length === 0) {
      this.#lockedCount = 0
      return
    }
    this.#lockedCount = Math.max(this.#lockedCount + 1, isStuck ? OFTEN : 0)
    if (this.#lockedCount > OFTEN) {
      this.notBefore = now + Math.min(2 ** this.#lockedCount, PAUSE_MS_MAX)
    }
  }

  /** Takes back what went behind another batch and was not done: nobody knows of a lock. */
  turnBack(left: readonly Pending[]): void {
    this.#land(left)
    this.#isTurnedBack ||= left.length > 0
  }

  /** Puts what came back in its old place. */
  #land(left: readonly Pending[]): void {
    this.#flightCount -= 1
    if (this.#flightCount === 0) this.#lane = null
    if (left.length === 0) return
    this.#waiting = [...left, ...this.#waiting].sort((a, b) => a.queuedAt - b.queuedAt)
  }

  /** Says how many there were. */
  forgetAnswered(): number {
    const before = this.#waiting.length
    this.#waiting = this.#waiting.filter(({ isAnswered }) => !isAnswered)
    return before - this.#waiting.length
  }
}
