import { type Client, RowlockError } from '../../../src/client/index.ts'
import { randomUuid } from '../../../src/client/random-uuid.ts'
import type { ChangeHoldBody, Hold, HoldSeatsBody } from '../../../src/protocol/index.ts'

/** Step that is under way, so that nothing is asked for twice. */
export type SaleStep = 'choosing' | 'holding' | 'held' | 'changing' | 'releasing'

/** Events that a sale tells. */
export interface SaleEvents {
  onStep(step: SaleStep): void
  /** Every second while there is a hold: how many are left. */
  onTick(secondsLeft: number): void
  onHold(hold: Hold): void
  /** It has other seats than before: we added some, or another tab with the same hold did. */
  onChange(hold: Hold): void
  onRelease(hold: Hold): void
  onExpire(hold: Hold): void
  onConfirm(hold: Hold): void
  onRefusal(error: RowlockError): void
}

/** Codes after which the hold cannot be given back, because it is over. */
const OVER = new Set(['hold_expired', 'hold_released', 'hold_confirmed', 'hold_unknown'])
const ASK_AGAIN_MS = 3_000

/**
 * One person's way from picking to a hold and back. The time left comes with every answer, by the
 * database's clock, and is counted down from there; when it is over, the server is asked, because
 * the page may have extended the hold, or made a booking of it.
 */
export class Sale {
  hold: Hold | null = null
  step: SaleStep = 'choosing'
  readonly #client: Client
  readonly #show: string
  readonly #events: SaleEvents
  /** By `performance.now()`. */
  #endsAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Last hold without an answer: asked again under the same key, it is not done twice. */
  #unanswered: { body: string; idempotencyKey: string } | null = null

  constructor(client: Client, show: string, events: SaleEvents) {
    this.#client = client
    this.#show = show
    this.#events = events
  }

  /** Tells whether a hold of this may have been made without our knowing. */
  isInDoubt(body: HoldSeatsBody): boolean {
    return this.#unanswered?.body === JSON.stringify(body)
  }

  get secondsLeft(): number {
    return Math.max(0, Math.ceil((this.#endsAt - performance.now()) / 1000))
  }

  /** Holds seats. Rejects with the refusal after it was told. */
  async take(body: HoldSeatsBody): Promise<Hold> {
    const text = JSON.stringify(body)
    const again = this.#unanswered?.body === text ? this.#unanswered.idempotencyKey : null
    const idempotencyKey = again ?? randomUuid()
    this.#goTo('holding')
    try {
      const hold = await this.#client.holdSeats(this.#show, body, { idempotencyKey })
      this.#unanswered = null
      this.#keep(hold)
      this.#events.onHold(hold)
      return hold
    } catch (error) {
      const isOpen = error instanceof RowlockError && isUnanswered(error)
      this.#unanswered = isOpen ? { body: text, idempotencyKey } : null
      this.#goTo('choosing')
      if (error instanceof RowlockError) this.#events.onRefusal(error)
      throw error
    }
  }

  /**
   * Changes the hold; its end stays where it is. `settle` is called before anybody is told. Rejects
   * with the refusal after it was told: the hold is what it was.
   */
  async change(body: ChangeHoldBody, settle: () => void = () => {}): Promise<Hold> {
    const { hold } = this
    if (hold === null || this.step !== 'held') throw new Error('There is no hold to change.')
    this.#goTo('changing')
    try {
      const changed = await this.#client.changeHold(this.#show, hold.id, body)
      settle()
      this.#keep(changed)
      this.#events.onChange(changed)
      return changed
    } catch (error) {
      await this.#fail(error)
      throw error
    }
  }

  /** Takes over a hold that is there already. Rejects when it does not live. */
  async resume(id: string): Promise<Hold> {
    const hold = await this.#client.getHold(this.#show, id)
    if (hold.status !== 'live') {
      const code = hold.status === 'expired' ? 'hold_expired' : `hold_${hold.status}`
      throw new RowlockError({
        code: code as RowlockError['code'],
        message: `The hold is ${hold.status}.`,
      })
    }
    this.#keep(hold)
    this.#events.onHold(hold)
    return hold
  }

  /** Gives back all, or some of the seats. Null when there is nothing to give back. */
  async giveBack(labels?: readonly string[]): Promise<Hold | null> {
    const { hold } = this
    if (hold === null || this.step !== 'held') return null
    this.#goTo('releasing')
    try {
      const body = labels === undefined ? {} : { seats: [...labels] }
      const rest = await this.#client.releaseHold(this.#show, hold.id, body)
      if (rest.status === 'live') this.#keep(rest)
      else this.#end()
      this.#events.onRelease(rest)
      return rest
    } catch (error) {
      await this.#fail(error)
      throw error
    }
  }

  /** The hold is what it was, or over; where no answer came, the server says what it is. */
  async #fail(error: unknown): Promise<void> {
    const isRefusal = error instanceof RowlockError
    const isOver = isRefusal && OVER.has(error.code)
    if (!isOver) this.#goTo('held')
    if (isRefusal && !isOver) this.#events.onRefusal(error)
    if (isOver || (isRefusal && isUnanswered(error))) await this.check()
  }

  /** Asks the server what has become of the hold, and tells it. */
  async check(): Promise<void> {
    const before = this.hold
    if (before === null) return
    clearTimeout(this.#timer)
    try {
      const now = await this.#client.getHold(this.#show, before.id)
      if (this.hold?.id !== before.id) return
      if (now.status === 'live') {
        this.#keep(now)
        if (now.version !== before.version && isOtherwise(before, now)) this.#events.onChange(now)
        return
      }
      this.#end()
      if (now.status === 'expired') this.#events.onExpire({ ...now, seats: before.seats })
      else if (now.status === 'confirmed') this.#events.onConfirm(now)
      else this.#events.onRelease(now)
    } catch {
      // Nobody knows while the server does not answer; its own clock goes on.
      this.#timer = setTimeout(() => void this.check(), ASK_AGAIN_MS)
    }
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #keep(hold: Hold): void {
    this.hold = hold
    this.#endsAt = performance.now() + 1000 * hold.secondsLeft
    this.#goTo('held')
    this.#tick()
  }

  #end(): void {
    clearTimeout(this.#timer)
    this.hold = null
    this.#goTo('choosing')
  }

  #tick(): void {
    clearTimeout(this.#timer)
    const { secondsLeft } = this
    this.#events.onTick(secondsLeft)
    const leftMs = this.#endsAt - performance.now()
    if (leftMs <= 0) return void this.check()
    // Just after the second has changed.
    const nextMs = leftMs - 1000 * (secondsLeft - 1)
    this.#timer = setTimeout(() => this.#tick(), Math.max(nextMs, 20))
  }

  #goTo(step: SaleStep): void {
    if (this.step === step) return
    this.step = step
    this.#events.onStep(step)
  }
}

function isOtherwise({ seats }: Hold, now: Hold): boolean {
  return seats.length !== now.seats.length || seats.some((seat) => !now.seats.includes(seat))
}

function isUnanswered({ code }: RowlockError): boolean {
  return code === 'no_answer' || code === 'outcome_unknown'
}
