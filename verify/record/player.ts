import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Random } from '../../rig/index.ts'
import type { Attempt, JsonObject, ShowFacts } from '../history/history.ts'
import { codeOf, isDone, isInDoubt } from '../judge/show-case.ts'
import { type Belonging, Belongings } from './belongings.ts'
import { askForEvents, PAGE_LIMIT_MAX } from './event-follower.ts'
import type { Ask, Caller, Recorder } from './recorder.ts'
import { now } from './wire.ts'

/** A show, and what is known of it. */
export interface Scene {
  readonly show: ShowFacts
  readonly belongings: Belongings
}

/** Opens a scene on a show. */
export function openScene(show: ShowFacts): Scene {
  return { show, belongings: new Belongings() }
}

type HoldWrite = 'confirmHold' | 'extendHold' | 'changeHold' | 'releaseHold'

const TRIES_MAX = 6

/** One client: picks what to do, does it as the SDK would, and sometimes as no client should. */
export class Player {
  readonly #recorder: Recorder
  readonly #random: Random
  readonly #caller: Caller
  readonly #scenes: readonly Scene[]
  /** Milliseconds that a write takes, as it has been lately. */
  #usualMs = 20

  constructor(recorder: Recorder, random: Random, caller: Caller, scenes: readonly Scene[]) {
    this.#recorder = recorder
    this.#random = random
    this.#caller = caller
    this.#scenes = scenes
  }

  /** Plays until `endAt` (milliseconds since 1970). */
  async play(endAt: number): Promise<void> {
    while (now() < endAt) {
      const scene = this.#random.pickIfAny(this.#scenes)
      if (scene) await this.#act(scene)
      await delay(this.#random.whole(0, 25))
    }
  }

  async #act(scene: Scene): Promise<void> {
    const roll = this.#random.next()
    if (roll < 0.16) await this.#look(scene)
    else if (roll < 0.19) await this.#sellTwice(scene)
    else if (roll < 0.24) await this.#askAgain(scene)
    else if (roll < 0.5) await this.#take(scene)
    else if (roll < 0.86) await this.#carryOn(scene)
    else await this.#amend(scene)
  }

  /** Reads: whole shows mostly, and what the caller has. */
  async #look(scene: Scene): Promise<void> {
    if (this.#caller.sells && this.#random.chance(0.25)) return this.#lookAtEvents(scene)
    const { key } = scene.show
    const own = this.#random.pickIfAny(scene.belongings.all('hold', this.#caller.name))
    const booked = this.#random.pickIfAny(scene.belongings.all('booking', this.#caller.name))
    const isUser = this.#caller.token !== null && !this.#caller.sells
    const reads = [
      ...(isUser ? [['listMyHolds', '/v1/me/holds?limit=1000', null] as const] : []),
      ['getAvailability', `/v1/shows/${key}/availability`, null],
      ['getStatuses', `/v1/shows/${key}/statuses`, null],
      ['listSeats', `/v1/shows/${key}/seats?limit=1000`, null],
      ...(own ? [['getHold', `/v1/shows/${key}/holds/${own.id}`, own.id] as const] : []),
      ...(booked
        ? [['getBooking', `/v1/shows/${key}/bookings/${booked.id}`, booked.id] as const]
        : []),
    ] as const
    const read = this.#random.pickIfAny(reads)
    if (!read) return
    const [operation, path, target] = read
    const about = { operation, path, target, show: key, key: null, body: null }
    await this.#recorder.attempt({ caller: this.#caller, method: 'GET', ...about }, this.#server())
  }

  /** A page of events: from the beginning, or from where a page that somebody had ends. */
  async #lookAtEvents({ show, belongings }: Scene): Promise<void> {
    const known = this.#random.pickIfAny(belongings.pageEnds)
    const after = this.#random.chance(0.3) ? null : (known ?? null)
    const limit = this.#random.chance(0.4) ? this.#random.whole(1, 6) : PAGE_LIMIT_MAX
    const wait = this.#random.chance(0.3) ? 1 : 0
    const ask = askForEvents(this.#caller, show.key, { after, limit, wait })
    const { answer } = await this.#recorder.attempt(ask, this.#server())
    if (typeof answer?.after === 'string') belongings.learnPageEnd(answer.after)
  }

  /** A hold or a booking: seats by name, the best, places. Staff also block. */
  async #take(scene: Scene): Promise<void> {
    const roll = this.#random.next()
    if (this.#caller.isStaff && roll < 0.2) {
      const body = { seats: this.#seats(scene, 2), reason: 'verify' }
      await this.#send(scene, this.#ask(scene, 'blockSeats', 'blocks', null, body))
      return
    }
    const asked = this.#asked(scene)
    // Users hold for themselves.
    const names = this.#caller.sells || this.#caller.token === null
    const holder =
      names && this.#random.chance(0.7) ? { holder: `holder-${this.#random.whole(1, 4)}` } : {}
    if (roll > 0.8) {
      const body = { ...asked, ...holder, reference: `order-${this.#random.whole(1, 1e6)}` }
      await this.#send(scene, this.#ask(scene, 'bookSeats', 'bookings', null, body))
      return
    }
    const seconds = this.#random.chance(0.5) ? { holdSeconds: this.#random.whole(1, 3) } : {}
    const body = { ...asked, ...holder, ...seconds }
    await this.#send(scene, this.#ask(scene, 'holdSeats', 'holds', null, body))
  }

  #asked(scene: Scene): JsonObject {
    const sections = scene.show.seats.filter(({ isPlace }) => isPlace)
    const section = sections[0]?.section
    if (section && this.#random.chance(0.35)) {
      return { places: [{ section, quantity: this.#random.whole(1, 4) }] }
    }
    if (this.#random.chance(0.3)) {
      const accessible = section && this.#random.chance(0.2) ? { accessible: 1 } : {}
      return { best: { quantity: this.#random.whole(1, 3), ...accessible } }
    }
    return { seats: this.#seats(scene, 3) }
  }

  /** Seats by name, mostly beside each other and towards the front, where everybody wants to be. */
  #seats({ show }: Scene, countMax: number): string[] {
    const seats = show.seats.filter(({ isPlace }) => !isPlace).map(({ seat }) => seat)
    const count = this.#random.whole(1, countMax)
    if (this.#random.chance(0.2)) return this.#random.some(seats, count)
    const start = Math.floor(this.#random.next() ** 2 * seats.length)
    return seats.slice(Math.min(start, seats.length - count)).slice(0, count)
  }

  /** Carries on after a hold: confirm, extend, change, release; in time, late, or just about. */
  async #carryOn(scene: Scene): Promise<void> {
    const hold = this.#random.pickIfAny(scene.belongings.all('hold', this.#whose()))
    if (!hold) return this.#take(scene)
    // Whoever waits for the last moment wants to buy.
    const roll = (await this.#wait(hold)) === 'last moment' ? 0 : this.#random.next()
    const at = (operation: HoldWrite, body: JsonObject) =>
      this.#ask(
        scene,
        operation,
        `holds/${hold.id}/${operation.replace('Hold', '')}`,
        hold.id,
        body,
      )
    if (roll < 0.42) {
      const again = this.#random.chance(0.5) ? { reacquire: true } : {}
      const reference = `payment-${hold.id.slice(-6)}`
      await this.#send(scene, at('confirmHold', { reference, ...again }))
    } else if (roll < 0.58) {
      await this.#send(scene, at('extendHold', { holdSeconds: this.#random.whole(1, 3) }))
    } else if (roll < 0.8) {
      await this.#send(scene, at('changeHold', this.#change(scene, hold)))
    } else {
      await this.#send(scene, at('releaseHold', this.#part(hold)))
    }
  }

  /** Some wait for the last moment of their hold, some until it is over. */
  async #wait({ endsAt }: Belonging): Promise<'last moment' | 'some time'> {
    const leftMs = endsAt - now()
    const roll = this.#random.next()
    const isLate = roll > 0.9
    if (roll < 0.7 || leftMs > 3_500 || leftMs < -1_000) return 'some time'
    // What is sent now is looked at when half of what it usually takes is over.
    const pauseMs = isLate
      ? leftMs + this.#random.whole(5, 400)
      : leftMs - this.#usualMs / 2 + this.#random.whole(-4, 4)
    if (pauseMs > 0) await delay(pauseMs)
    return isLate ? 'some time' : 'last moment'
  }

  /** Takes some, gives some back, or both; now and then all of them. */
  #change(scene: Scene, { seats }: Belonging): JsonObject {
    const roll = this.#random.next()
    const { seats: add, ...more } = this.#asked(scene)
    const taken = add === undefined ? more : { add }
    const drop = this.#random.some(seats, this.#random.whole(1, Math.max(1, seats.length - 1)))
    if (roll < 0.4) return taken
    return roll < 0.65 ? { drop } : { ...taken, drop }
  }

  #part({ seats }: Belonging): JsonObject {
    if (seats.length < 2 || this.#random.chance(0.6)) return {}
    return { seats: this.#random.some(seats, this.#random.whole(1, seats.length - 1)) }
  }

  /** Cancellations, swaps, bookings that are handed on, and blocks that are lifted. */
  async #amend(scene: Scene): Promise<void> {
    if (!this.#caller.sells) return this.#take(scene)
    const block = this.#random.pickIfAny(scene.belongings.all('block', this.#whose()))
    if (block && this.#caller.isStaff && this.#random.chance(0.15)) {
      const body = { reason: `reason ${this.#random.whole(1, 9)}` }
      const ask = this.#ask(scene, 'changeBlock', `blocks/${block.id}`, block.id, body)
      await this.#send(scene, { ...ask, method: 'PATCH' })
      return
    }
    if (block && this.#caller.isStaff && this.#random.chance(0.7)) {
      if (this.#random.chance(0.6)) return this.#sellBlocked(scene, block)
      const path = `blocks/${block.id}/release`
      await this.#send(scene, this.#ask(scene, 'unblockSeats', path, block.id, this.#part(block)))
      return
    }
    const booking = this.#random.pickIfAny(scene.belongings.all('booking', this.#whose()))
    if (!booking) return this.#take(scene)
    const path = `bookings/${booking.id}`
    if (this.#random.chance(0.12)) {
      const body = { reference: `order-${this.#random.whole(1, 99)}` }
      const ask = this.#ask(scene, 'changeBooking', path, booking.id, body)
      await this.#send(scene, { ...ask, method: 'PATCH' })
      return
    }
    if (this.#random.chance(0.3)) {
      const holder = `holder-${this.#random.whole(1, 4)}`
      const body = { holder, ...this.#part(booking) }
      const transfer = this.#ask(scene, 'transferBooking', `${path}/transfer`, booking.id, body)
      await this.#send(scene, transfer)
      return
    }
    if (this.#random.chance(0.55)) {
      const body = this.#part(booking)
      await this.#send(scene, this.#ask(scene, 'cancelBooking', `${path}/cancel`, booking.id, body))
      return
    }
    const from = this.#random.some(booking.seats, this.#random.whole(1, 2))
    // Seats that were given back a moment ago are the likeliest to be free.
    const isSeat = (seat: string) =>
      scene.show.seats.some((one) => one.seat === seat && !one.isPlace)
    const left = this.#random.some(scene.belongings.left.filter(isSeat), from.length)
    const to = this.#random.chance(0.6) ? left : this.#seats(scene, 1)
    while (to.length < from.length) {
      const more = this.#seats(scene, 1).filter((seat) => !to.includes(seat))
      to.push(...more)
    }
    const body = { from, to: to.slice(0, from.length) }
    await this.#send(scene, this.#ask(scene, 'swapSeats', `${path}/swap`, booking.id, body))
  }

  /** Sells seats out of a block: all of it or some, and now and then another seat along with it. */
  async #sellBlocked(scene: Scene, { id, seats }: Belonging): Promise<void> {
    const given = this.#random.some(seats, this.#random.whole(1, seats.length))
    const more = this.#random.chance(0.3) ? this.#seats(scene, 1) : []
    const body = { seats: [...new Set([...given, ...more])], block: id }
    await this.#send(scene, this.#ask(scene, 'bookSeats', 'bookings', null, body))
  }

  /**
   * A sale that is refused because of a hold of one's own, and is asked for again under its key
   * when the hold has been given back: a refused sale stays refused, or a late duplicate would
   * sell.
   */
  async #sellTwice(scene: Scene): Promise<void> {
    const hold = this.#random.pickIfAny(scene.belongings.all('hold', this.#caller.name))
    if (!hold) return this.#take(scene)
    const sale = this.#ask(scene, 'bookSeats', 'bookings', null, { seats: [...hold.seats] })
    const refused = await this.#recorder.attempt(sale, this.#server())
    this.#learn(scene, refused)
    if (refused.status !== 409) return
    const path = `holds/${hold.id}/release`
    await this.#send(scene, this.#ask(scene, 'releaseHold', path, hold.id, {}))
    this.#learn(scene, await this.#recorder.attempt(sale, this.#server()))
  }

  /**
   * Sends what somebody sent a while ago again, under the same key; now and then something else.
   */
  async #askAgain(scene: Scene): Promise<void> {
    const own = scene.belongings.asks.filter(({ caller }) => caller.name === this.#caller.name)
    const ask = this.#random.pickIfAny(own)
    if (!ask) return
    if (this.#random.chance(0.85)) await this.#recorder.attempt(ask, this.#server())
    else {
      const body = {
        ...ask.body,
        ...(ask.body?.holder ? { holder: 'else' } : { reference: 'else' }),
      }
      const isRead = !['holdSeats', 'bookSeats', 'confirmHold'].includes(ask.operation)
      if (!isRead) await this.#recorder.attempt({ ...ask, body }, this.#server())
    }
  }

  /** Staff reach what is anybody's; now and then others try, too, by a copied id. */
  #whose(): string | null {
    return this.#caller.isStaff || this.#random.chance(0.03) ? null : this.#caller.name
  }

  #server(): number {
    return this.#random.whole(0, this.#recorder.wires.length - 1)
  }

  #ask(
    { show }: Scene,
    operation: Attempt['operation'],
    path: string,
    target: string | null,
    body: JsonObject,
  ): Ask {
    return {
      caller: this.#caller,
      operation,
      method: 'POST',
      path: `/v1/shows/${show.key}/${path}`,
      show: show.key,
      target,
      key: randomUUID(),
      body,
    }
  }

  /** Sends as the SDK does: what got lost is asked for again; sometimes twice at once. */
  async #send(scene: Scene, ask: Ask): Promise<void> {
    if (this.#random.chance(0.3)) scene.belongings.keep(ask)
    const twin = this.#random.chance(0.06) ? this.#recorder.attempt(ask, this.#server()) : null
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const attempt = await this.#recorder.attempt(ask, this.#server())
      this.#usualMs += 0.2 * (Math.min(200, attempt.endedAt - attempt.startedAt) - this.#usualMs)
      this.#learn(scene, attempt)
      const isOver = !isInDoubt(attempt) && attempt.status !== 503 && attempt.status !== 429
      if (isOver || this.#random.chance(0.05)) break
      await delay(Math.min(2_000, 50 * 2 ** tries) * (0.5 + this.#random.next()))
    }
    if (twin) this.#learn(scene, await twin)
  }

  #learn({ belongings }: Scene, attempt: Attempt): void {
    const { answer, target, operation } = attempt
    if (!isDone(attempt)) {
      const gone = ['hold_released', 'booking_cancelled', 'hold_confirmed', 'hold_unknown']
      if (target !== null && gone.includes(codeOf(attempt) ?? '')) belongings.forget(target)
      return
    }
    const seats = Array.isArray(answer?.seats) ? (answer.seats as string[]) : []
    const id = String(answer?.id)
    const kind = id.startsWith('hold_') ? 'hold' : id.startsWith('book_') ? 'booking' : 'block'
    const about = operation === 'transferBooking' ? target : id
    const known = belongings.all(kind, null).find((one) => one.id === about)
    const caller = target === null || operation === 'confirmHold' ? attempt.caller : known?.caller
    const endsAt = Date.parse(String(answer?.expiresAt))
    const source = operation === 'transferBooking' ? target : attempt.body?.block
    if (typeof source === 'string' && id !== source) this.#learnRest(belongings, source, seats)
    const isOver = kind === 'hold' && answer?.status !== 'live'
    if (isOver && operation === 'releaseHold') belongings.forget(id)
    else belongings.learn({ id, kind, caller: caller ?? attempt.caller, seats, endsAt })
  }

  /** Learns what is left of a booking or a block of which other seats became a booking. */
  #learnRest(belongings: Belongings, id: string, gone: readonly string[]): void {
    const known = [...belongings.all('booking', null), ...belongings.all('block', null)]
    const rest = known.find((one) => one.id === id)
    if (!rest) return
    const seats = rest.seats.filter((seat) => !gone.includes(seat))
    belongings.learn({ ...rest, seats })
  }
}
