/**
 * A show in memory: what the kernel promises, written down a second time and as plainly as can be.
 * Chains and their ends, no tables. A command is decided first and done afterwards, so that a
 * test can ask what would be answered in a state without changing it.
 */
import type { Command } from '../../src/engine/lanes/command.ts'
import {
  answered,
  type Decision,
  done,
  isBlock,
  isGivingBack,
  type ModelAnswer,
  type ModelEntry,
  plain,
  refused,
  replay,
  unknown,
} from './model-answers.ts'
import type { ModelTerms } from './model-terms.ts'

const HOUR_MS = 3_600_000
const BEGUN_PER_SEAT = 4

interface Recorded {
  readonly fingerprint: string
  readonly answer: ModelAnswer
}

export class ShowModel {
  terms: ModelTerms
  clock = 0
  version = 1
  lastAt: number
  readonly #chains = new Map<string, readonly ModelEntry[]>()
  /** What began each chain, and so whose it is. */
  readonly #begun = new Map<string, Command>()
  readonly #recorded = new Map<string, Recorded>()

  constructor(terms: ModelTerms, createdAt: number) {
    this.terms = terms
    this.lastAt = createdAt
  }

  clone(): ShowModel {
    const copy = new ShowModel(this.terms, this.lastAt)
    copy.clock = this.clock
    copy.version = this.version
    for (const [id, chain] of this.#chains) copy.#chains.set(id, chain)
    for (const [id, command] of this.#begun) copy.#begun.set(id, command)
    for (const [id, recorded] of this.#recorded) copy.#recorded.set(id, recorded)
    return copy
  }

  /** The time of a show never runs backwards. */
  get now(): number {
    return Math.max(this.clock, this.lastAt)
  }

  /** The change of a show's terms is an entry, too. */
  change(terms: Partial<ModelTerms>): void {
    this.lastAt = this.now
    this.version += 1
    this.terms = { ...this.terms, ...terms }
  }

  run(command: Command): ModelAnswer {
    const decision = this.decide(command)
    this.commit(command, decision)
    return decision.answer
  }

  decide(command: Command): Decision {
    const recorded = this.#recorded.get(command.request_id)
    if (recorded && recorded.fingerprint !== command.fingerprint) {
      return refused('idempotency_key_reused')
    }
    if (recorded) return { ...plain(recorded.answer), answer: replay(recorded.answer) }
    const decision = this.#operate(command)
    const { code } = decision.answer
    return {
      ...decision,
      isRemembered: code === 'already' || (command.remember && code !== 'done'),
    }
  }

  commit(command: Command, { answer, isRemembered, before }: Decision): void {
    const { request_id, fingerprint } = command
    if (isRemembered) this.#recorded.set(request_id, { fingerprint, answer })
    if (answer.code !== 'done' || answer.replayed || !answer.entry) return
    if (before) this.#append(before)
    if (!this.#chains.has(answer.entry.holdId)) this.#begun.set(answer.entry.holdId, command)
    this.#append(answer.entry)
    this.#recorded.set(request_id, { fingerprint, answer })
  }

  /** One letter per seat: available, held, booked, blocked. */
  statuses(): string {
    return Array.from({ length: this.terms.seatCount }, (_, seat) => {
      const owner = this.#owner(seat)
      if (!owner) return 'a'
      if (owner.bookedAt !== null) return 'b'
      return owner.until === Number.POSITIVE_INFINITY ? 'x' : 'h'
    }).join('')
  }

  #append(entry: ModelEntry): void {
    this.#chains.set(entry.holdId, [...(this.#chains.get(entry.holdId) ?? []), entry])
    this.version = entry.version
    this.lastAt = entry.at
  }

  #latest(holdId: string): ModelEntry | undefined {
    return this.#chains.get(holdId)?.at(-1)
  }

  /** What a command is about, if its caller may know of it. */
  #reached({ hold_id, owner, box_office }: Command): ModelEntry | undefined {
    const of = this.#begun.get(hold_id)?.owner ?? null
    return of === null || of === owner || box_office ? this.#latest(hold_id) : undefined
  }

  #reachedBlock({ from_block, ...asking }: Command): ModelEntry | undefined {
    return from_block === undefined ? undefined : this.#reached({ ...asking, hold_id: from_block })
  }

  #needsSeller = ({ seller }: Command) => this.terms.confirmBy === 'seller' && !seller

  #owner(seat: number): ModelEntry | undefined {
    for (const chain of this.#chains.values()) {
      const latest = chain.at(-1) as ModelEntry
      if (latest.until > this.now && latest.seats.includes(seat)) return latest
    }
    return undefined
  }

  #operate(command: Command): Decision {
    switch (command.kind) {
      case 'hold':
      case 'book':
        return this.#sell(command)
      case 'block':
        return this.#block(command)
      case 'confirm':
        return this.#confirm(command)
      case 'extend':
        return this.#extend(command)
      case 'release':
        return this.#release(command)
      case 'cancel':
        return this.#cancel(command)
      case 'swap':
        return this.#swap(command)
      case 'unblock':
        return this.#unblock(command)
    }
  }

  #termsRefusal(command: Command): string | null {
    const { terms, now } = this
    if (command.kind === 'book' && this.#needsSeller(command)) return 'seller_required'
    if (terms.cancelled) return 'show_cancelled'
    if (!command.box_office && terms.salesFrom !== null && terms.salesFrom > now) {
      return 'sales_not_open'
    }
    if (!command.box_office && terms.salesUntil !== null && terms.salesUntil <= now) {
      return 'sales_closed'
    }
    if (!command.box_office && (command.seats?.length ?? 0) > terms.seatsPerHoldMax) {
      return 'too_many_seats'
    }
    const seconds = command.hold_seconds
    if (seconds !== undefined && (seconds < 1 || seconds > terms.holdSecondsMax)) {
      return 'hold_seconds_out_of_bounds'
    }
    return null
  }

  /** `7 held`, in the order asked for. */
  #obstacles(seats: readonly number[], fromBlock?: string): string[] {
    return seats.flatMap((seat) => {
      const owner = this.#owner(seat)
      if (owner && owner.holdId !== fromBlock) {
        if (owner.bookedAt !== null) return [`${seat} booked`]
        return [`${seat} ${owner.until === Number.POSITIVE_INFINITY ? 'blocked' : 'held'}`]
      }
      return seat >= 0 && seat < this.terms.seatCount ? [] : [`${seat} unknown`]
    })
  }

  #isOverLimit(owner: string | null, holder: string | null, more: number): boolean {
    const { seatsPerHolderMax } = this.terms
    if (holder === null || seatsPerHolderMax === null) return false
    let has = 0
    for (const [id, chain] of this.#chains) {
      if (this.#begun.get(id)?.owner !== owner) continue
      const latest = chain.at(-1) as ModelEntry
      if (latest.holder === holder && latest.until > this.now) has += latest.seats.length
    }
    return has + more > seatsPerHolderMax
  }

  #isOverBudget({ actor, held_seats_max }: Command, more: number): boolean {
    if (held_seats_max === null) return false
    let has = 0
    for (const [id, chain] of this.#chains) {
      const { kind, actor: beginner } = this.#begun.get(id) as Command
      const latest = chain.at(-1) as ModelEntry
      const counts = kind === 'hold' && beginner === actor && latest.bookedAt === null
      if (counts && latest.until > this.now) has += latest.seats.length
    }
    return has + more > held_seats_max
  }

  /** As many holds within an hour, from the first one on, as four for each seat of the budget. */
  #hasBegunEnough({ actor, held_seats_max }: Command): boolean {
    if (held_seats_max === null) return false
    let [count, since] = [0, Number.NEGATIVE_INFINITY]
    for (const [id, [first]] of this.#chains) {
      const { kind, actor: beginner } = this.#begun.get(id) as Command
      if (kind !== 'hold' || beginner !== actor || !first) continue
      if (first.at >= since + HOUR_MS) [count, since] = [0, first.at]
      count += 1
    }
    return since + HOUR_MS > this.now && count >= BEGUN_PER_SEAT * held_seats_max
  }

  #sell(command: Command): Decision {
    const block = command.from_block === undefined ? undefined : this.#reachedBlock(command)
    if (command.from_block !== undefined && !isBlock(block)) return refused('block_unknown')
    const code = this.#termsRefusal(command)
    if (code) return refused(code)
    const seats = command.seats ?? []
    const inTheWay = this.#obstacles(seats, command.from_block)
    if (inTheWay.length > 0) return refused('seats_unavailable', inTheWay)
    const holder = command.holder ?? null
    if (this.#isOverLimit(command.owner, holder, seats.length)) {
      return refused('holder_limit_reached')
    }
    const isBooking = command.kind === 'book'
    if (!isBooking && this.#isOverBudget(command, seats.length)) {
      return refused('held_limit_reached')
    }
    if (!isBooking && this.#hasBegunEnough(command)) return refused('begun_limit_reached')
    const before = this.#leaveBlock(block, seats)
    const seconds = command.hold_seconds ?? this.terms.holdSeconds
    const entry = this.#entry(command.kind, command.hold_id, {
      version: (before?.version ?? this.version) + 1,
      seats,
      until: isBooking ? Number.POSITIVE_INFINITY : this.now + seconds * 1000,
      bookedAt: isBooking ? this.now : null,
      holder,
      reference: command.reference ?? null,
    })
    return { answer: answered('done', entry), isRemembered: false, before }
  }

  #leaveBlock(block: ModelEntry | undefined, seats: readonly number[]): ModelEntry | null {
    const left = seats.filter((seat) => block?.seats.includes(seat)).toSorted((a, b) => a - b)
    if (!block || left.length === 0) return null
    return this.#without(block, 'unblock', left)
  }

  #block(command: Command): Decision {
    const seats = command.seats ?? []
    const inTheWay = this.#obstacles(seats)
    if (inTheWay.length > 0) return refused('seats_unavailable', inTheWay)
    const until = Number.POSITIVE_INFINITY
    const reference = command.reference ?? null
    return done(this.#entry('block', command.hold_id, { seats, until, reference }))
  }

  #holdRefusal(hold: ModelEntry | undefined): string | null {
    if (!hold || isBlock(hold)) return 'hold_unknown'
    if (hold.bookedAt !== null) return 'hold_confirmed'
    if (hold.kind === 'release' && hold.seats.length === 0) return 'hold_released'
    return hold.until <= this.now ? 'hold_expired' : null
  }

  #confirm(command: Command): Decision {
    const hold = this.#reached(command)
    const code = this.#holdRefusal(hold)
    if (hold && code === 'hold_confirmed') return plain(answered('already', hold))
    if (!hold || code === 'hold_unknown') return refused(code ?? '')
    if (this.#needsSeller(command)) return refused('seller_required')
    if (this.terms.cancelled) return refused('show_cancelled')
    if (code === 'hold_released') return refused(code)
    if (code === 'hold_expired') {
      if (!command.reacquire) return refused(code)
      const terms = this.#termsRefusal(command)
      if (terms) return refused(terms)
      const inTheWay = this.#obstacles(hold.seats)
      if (inTheWay.length > 0) return refused('seats_unavailable', inTheWay)
      const owner = this.#begun.get(hold.holdId)?.owner ?? null
      if (this.#isOverLimit(owner, hold.holder, hold.seats.length)) {
        return refused('holder_limit_reached')
      }
    }
    return done(
      this.#entry('confirm', hold.holdId, {
        ...hold,
        until: Number.POSITIVE_INFINITY,
        bookedAt: this.now,
        reference: command.reference ?? hold.reference,
      }),
    )
  }

  #extend(command: Command): Decision {
    const hold = this.#reached(command)
    const code = this.#holdRefusal(hold)
    if (!hold || code === 'hold_unknown') return refused('hold_unknown')
    if (this.terms.cancelled) return refused('show_cancelled')
    const seconds = command.hold_seconds
    if (seconds !== undefined && (seconds < 1 || seconds > this.terms.holdSecondsMax)) {
      return refused('hold_seconds_out_of_bounds')
    }
    if (code) return refused(code)
    const first = this.#chains.get(command.hold_id)?.[0] as ModelEntry
    const last = first.at + this.terms.holdLifeSecondsMax * 1000
    const wanted = this.now + (seconds ?? this.terms.holdSeconds) * 1000
    const until = seconds === undefined ? Math.min(wanted, last) : wanted
    if (until > last || last <= hold.until) return refused('hold_life_exceeded')
    if (until <= hold.until) return plain(answered('already', hold))
    return done(this.#entry('extend', hold.holdId, { ...hold, until }))
  }

  #release(command: Command): Decision {
    const hold = this.#reached(command)
    if (!hold || isBlock(hold)) return refused('hold_unknown')
    if (hold.bookedAt !== null) return refused('hold_confirmed')
    const first = this.#chains.get(command.hold_id)?.[0] as ModelEntry
    const strangers = command.seats?.filter((seat) => !first.seats.includes(seat)) ?? []
    if (strangers.length > 0) return refused('seats_not_in_hold', strangers.map(unknown))
    const named = command.seats ?? hold.seats
    if (!named.some((seat) => hold.seats.includes(seat))) return plain(answered('already', hold))
    return done(this.#without(hold, 'release', named))
  }

  #cancel(command: Command): Decision {
    const booking = this.#reached(command)
    if (!booking || booking.bookedAt === null) return refused('booking_unknown')
    if (booking.seats.length === 0) return plain(answered('already', booking))
    if (!this.terms.cancellable && !this.terms.cancelled) return refused('not_cancellable')
    const strangers = command.seats?.filter((seat) => !booking.seats.includes(seat)) ?? []
    if (strangers.length > 0) return refused('seats_not_in_booking', strangers.map(unknown))
    return done(this.#without(booking, 'cancel', command.seats ?? booking.seats))
  }

  #unblock(command: Command): Decision {
    const block = this.#reached(command)
    if (!block || !isBlock(block)) return refused('block_unknown')
    if (block.seats.length === 0) return plain(answered('already', block))
    const strangers = command.seats?.filter((seat) => !block.seats.includes(seat)) ?? []
    if (strangers.length > 0) return refused('seats_not_in_block', strangers.map(unknown))
    return done(this.#without(block, 'unblock', command.seats ?? block.seats))
  }

  #swap(command: Command): Decision {
    const booking = this.#reached(command)
    const [from, to] = [command.seats ?? [], command.to_seats ?? []]
    if (!booking || booking.bookedAt === null) return refused('booking_unknown')
    if (this.terms.cancelled) return refused('show_cancelled')
    if (booking.seats.length === 0) return refused('booking_cancelled')
    if (from.length !== to.length) return refused('swap_uneven')
    const strangers = from.filter((seat) => !booking.seats.includes(seat))
    if (strangers.length > 0) return refused('seats_not_in_booking', strangers.map(unknown))
    const inTheWay = this.#obstacles(to.filter((seat) => !from.includes(seat)))
    if (inTheWay.length > 0) return refused('seats_unavailable', inTheWay)
    const kept = booking.seats.filter((seat) => !from.includes(seat))
    const freed = from.filter((seat) => !to.includes(seat)).toSorted((a, b) => a - b)
    return done(this.#entry('swap', booking.holdId, { ...booking, seats: [...kept, ...to], freed }))
  }

  /** Gives back `named` seats; those of a hold that ran out were free before. */
  #without(latest: ModelEntry, kind: string, named: readonly number[]): ModelEntry {
    const seats = latest.seats.filter((seat) => !named.includes(seat))
    const given = latest.seats.filter((seat) => named.includes(seat)).toSorted((a, b) => a - b)
    const freed = latest.until > this.now ? given : []
    const until = seats.length === 0 ? this.now : latest.until
    return this.#entry(kind, latest.holdId, { ...latest, seats, freed, until })
  }

  #entry(kind: string, holdId: string, fields: Partial<ModelEntry>): ModelEntry {
    return {
      seats: [],
      until: this.now,
      bookedAt: null,
      holder: null,
      reference: null,
      ...fields,
      freed: isGivingBack(kind) ? (fields.freed ?? []) : [],
      version: kind === 'book' ? (fields.version ?? 0) : this.version + 1,
      at: this.now,
      kind,
      holdId,
    }
  }
}
