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
  isNotedAlike,
  type ModelAnswer,
  type ModelEntry,
  nextOwner,
  noted,
  notesOf,
  plain,
  refused,
  replay,
  unknown,
} from './model-answers.ts'
import { ModelHouse } from './model-house.ts'
import { hasBegunEnough, type ModelChain } from './model-limits.ts'
import type { ModelTerms } from './model-terms.ts'

interface Recorded {
  readonly fingerprint: string
  readonly answer: ModelAnswer
}

export class ShowModel extends ModelHouse {
  readonly #recorded = new Map<string, Recorded>()

  clone(): ShowModel {
    const copy = new ShowModel(this.terms, this.lastAt)
    copy.clock = this.clock
    copy.version = this.version
    for (const [id, chain] of this.chains) copy.chains.set(id, chain)
    for (const [id, recorded] of this.#recorded) copy.#recorded.set(id, recorded)
    return copy
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

  commit(command: Command, { answer, isRemembered, before, owner }: Decision): void {
    const { request_id, fingerprint } = command
    if (isRemembered) this.#recorded.set(request_id, { fingerprint, answer })
    if (answer.code !== 'done' || answer.replayed || !answer.entry) return
    if (before) this.append(command, before)
    this.append(command, answer.entry, owner)
    this.#recorded.set(request_id, { fingerprint, answer })
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
      case 'change':
        return this.#changeHold(command)
      case 'transfer':
        return this.#transfer(command)
      case 'amend':
        return this.#amend(command)
      case 'describe':
        return this.#describe(command)
    }
  }

  #termsRefusal(command: Command): string | null {
    const { terms } = this
    if (command.kind === 'book' && this.needsSeller(command)) return 'seller_required'
    if (terms.cancelled) return 'show_cancelled'
    const closed = this.windowRefusal(command)
    if (closed) return closed
    if (!command.box_office && (command.seats?.length ?? 0) > terms.seatsPerHoldMax) {
      return 'too_many_seats'
    }
    const seconds = command.hold_seconds
    if (seconds !== undefined && (seconds < 1 || seconds > terms.holdSecondsMax)) {
      return 'hold_seconds_out_of_bounds'
    }
    return null
  }

  #sell(command: Command): Decision {
    const block = command.from_block === undefined ? undefined : this.reachedBlock(command)
    if (command.from_block !== undefined && !isBlock(block)) return refused('block_unknown')
    const code = this.#termsRefusal(command)
    if (code) return refused(code)
    const seats = command.seats ?? []
    const inTheWay = this.obstacles(seats, command.from_block)
    if (inTheWay.length > 0) return refused('seats_unavailable', inTheWay)
    const holder = command.holder ?? null
    if (this.isOverLimit(command.owner, holder, seats.length)) {
      return refused('holder_limit_reached')
    }
    const isBooking = command.kind === 'book'
    const { actor, held_seats_max } = command
    if (!isBooking && this.isOverBudget(actor, held_seats_max, seats.length)) {
      return refused('held_limit_reached')
    }
    if (!isBooking && hasBegunEnough(this.chains, command, this.now)) {
      return refused('begun_limit_reached')
    }
    const before = this.#leaveBlock(block, seats)
    const seconds = command.hold_seconds ?? this.terms.holdSeconds
    const entry = this.entry(command.kind, command.hold_id, {
      version: (before?.version ?? this.version) + 1,
      seats,
      until: isBooking ? Number.POSITIVE_INFINITY : this.now + seconds * 1000,
      bookedAt: isBooking ? this.now : null,
      holder,
      reference: command.reference ?? null,
      notes: notesOf(command.metadata),
    })
    return { answer: answered('done', entry), isRemembered: false, before }
  }

  #leaveBlock(block: ModelEntry | undefined, seats: readonly number[]): ModelEntry | null {
    const left = seats.filter((seat) => block?.seats.includes(seat)).toSorted((a, b) => a - b)
    if (!block || left.length === 0) return null
    return this.without(block, 'unblock', left)
  }

  #block(command: Command): Decision {
    const seats = command.seats ?? []
    const inTheWay = this.obstacles(seats)
    if (inTheWay.length > 0) return refused('seats_unavailable', inTheWay)
    const until = Number.POSITIVE_INFINITY
    const entry = this.entry('block', command.hold_id, { seats, until })
    return done(noted(entry, command))
  }

  #confirm(command: Command): Decision {
    const hold = this.reached(command)
    const code = this.holdRefusal(hold)
    if (hold && code === 'hold_confirmed') return plain(answered('already', hold))
    if (!hold || code === 'hold_unknown') return refused(code ?? '')
    if (this.needsSeller(command)) return refused('seller_required')
    if (this.terms.cancelled) return refused('show_cancelled')
    if (code === 'hold_released') return refused(code)
    if (code === 'hold_expired') {
      if (!command.reacquire) return refused(code)
      const terms = this.#termsRefusal(command)
      if (terms) return refused(terms)
      const inTheWay = this.obstacles(hold.seats)
      if (inTheWay.length > 0) return refused('seats_unavailable', inTheWay)
      const owner = this.chains.get(hold.holdId)?.owner ?? null
      if (this.isOverLimit(owner, hold.holder, hold.seats.length)) {
        return refused('holder_limit_reached')
      }
    }
    return done(
      this.entry('confirm', hold.holdId, {
        ...noted(hold, command),
        until: Number.POSITIVE_INFINITY,
        bookedAt: this.now,
      }),
    )
  }

  #extend(command: Command): Decision {
    const hold = this.reached(command)
    const code = this.holdRefusal(hold)
    if (!hold || code === 'hold_unknown') return refused('hold_unknown')
    if (this.terms.cancelled) return refused('show_cancelled')
    const seconds = command.hold_seconds
    if (seconds !== undefined && (seconds < 1 || seconds > this.terms.holdSecondsMax)) {
      return refused('hold_seconds_out_of_bounds')
    }
    if (code) return refused(code)
    const first = this.chains.get(command.hold_id)?.entries[0] as ModelEntry
    const last = first.at + this.terms.holdLifeSecondsMax * 1000
    const wanted = this.now + (seconds ?? this.terms.holdSeconds) * 1000
    const until = seconds === undefined ? Math.min(wanted, last) : wanted
    if (until > last || last <= hold.until) return refused('hold_life_exceeded')
    if (until <= hold.until) return plain(answered('already', hold))
    return done(this.entry('extend', hold.holdId, { ...hold, until }))
  }

  #release(command: Command): Decision {
    const hold = this.reached(command)
    if (!hold || isBlock(hold)) return refused('hold_unknown')
    if (hold.bookedAt !== null) return refused('hold_confirmed')
    const strangers = this.neverHad(hold, command.seats)
    if (strangers.length > 0) return refused('seats_not_in_hold', strangers.map(unknown))
    const named = command.seats ?? hold.seats
    if (!named.some((seat) => hold.seats.includes(seat))) return plain(answered('already', hold))
    return done(this.without(hold, 'release', named))
  }

  #cancel(command: Command): Decision {
    const booking = this.reached(command)
    if (!booking || booking.bookedAt === null) return refused('booking_unknown')
    if (booking.seats.length === 0) return plain(answered('already', booking))
    if (!this.terms.cancellable && !this.terms.cancelled) return refused('not_cancellable')
    const strangers = command.seats?.filter((seat) => !booking.seats.includes(seat)) ?? []
    if (strangers.length > 0) return refused('seats_not_in_booking', strangers.map(unknown))
    return done(this.without(booking, 'cancel', command.seats ?? booking.seats))
  }

  #unblock(command: Command): Decision {
    const block = this.reached(command)
    if (!block || !isBlock(block)) return refused('block_unknown')
    if (block.seats.length === 0) return plain(answered('already', block))
    const strangers = command.seats?.filter((seat) => !block.seats.includes(seat)) ?? []
    if (strangers.length > 0) return refused('seats_not_in_block', strangers.map(unknown))
    return done(this.without(block, 'unblock', command.seats ?? block.seats))
  }

  #swap(command: Command): Decision {
    const booking = this.reached(command)
    const [from, to] = [command.seats ?? [], command.to_seats ?? []]
    if (!booking || booking.bookedAt === null) return refused('booking_unknown')
    if (this.terms.cancelled) return refused('show_cancelled')
    if (booking.seats.length === 0) return refused('booking_cancelled')
    if (from.length !== to.length) return refused('swap_uneven')
    const strangers = from.filter((seat) => !booking.seats.includes(seat))
    if (strangers.length > 0) return refused('seats_not_in_booking', strangers.map(unknown))
    const inTheWay = this.obstacles(to.filter((seat) => !from.includes(seat)))
    if (inTheWay.length > 0) return refused('seats_unavailable', inTheWay)
    const kept = booking.seats.filter((seat) => !from.includes(seat))
    const freed = from.filter((seat) => !to.includes(seat)).toSorted((a, b) => a - b)
    return done(this.entry('swap', booking.holdId, { ...booking, seats: [...kept, ...to], freed }))
  }

  #changeHold(command: Command): Decision {
    const hold = this.reached(command)
    const [drop, add] = [command.seats ?? [], command.to_seats ?? []]
    const code = this.holdRefusal(hold)
    if (!hold || code === 'hold_unknown') return refused('hold_unknown')
    if (this.terms.cancelled) return refused('show_cancelled')
    const added = add.filter((seat) => !hold.seats.includes(seat))
    const kept = hold.seats.filter((seat) => !drop.includes(seat) || add.includes(seat))
    const seats = [...kept, ...added]
    const more = seats.length - hold.seats.length
    const closed = added.length > 0 ? this.windowRefusal(command) : null
    if (closed) return refused(closed)
    const isTooMany = more > 0 && seats.length > this.terms.seatsPerHoldMax
    if (added.length > 0 && isTooMany && !command.box_office) return refused('too_many_seats')
    if (code) return refused(code)
    const strangers = this.neverHad(hold, drop)
    if (strangers.length > 0) return refused('seats_not_in_hold', strangers.map(unknown))
    if (seats.length === 0) return refused('hold_emptied')
    const inTheWay = this.obstacles(added)
    if (inTheWay.length > 0) return refused('seats_unavailable', inTheWay)
    const { owner, begun } = this.chains.get(hold.holdId) as ModelChain
    const next = noted(hold, command)
    const moreOfHolder = next.holder === hold.holder ? more : seats.length
    if (moreOfHolder > 0 && this.isOverLimit(owner, next.holder, moreOfHolder)) {
      return refused('holder_limit_reached')
    }
    const budget = begun.held_seats_max === null ? null : command.held_seats_max
    if (more > 0 && this.isOverBudget(begun.actor, budget, more)) {
      return refused('held_limit_reached')
    }
    const isSame = added.length === 0 && more === 0 && isNotedAlike(next, hold)
    if (isSame) return plain(answered('already', hold))
    const freed = hold.seats.filter((seat) => !kept.includes(seat)).toSorted((a, b) => a - b)
    return done(this.entry('change', hold.holdId, { ...next, seats, freed }))
  }

  #amend(command: Command): Decision {
    const booking = this.reached(command)
    if (!booking || booking.bookedAt === null) return refused('booking_unknown')
    if (booking.seats.length === 0) return refused('booking_cancelled')
    return this.#note('amend', booking, command)
  }

  #describe(command: Command): Decision {
    const block = this.reached(command)
    if (!block || !isBlock(block)) return refused('block_unknown')
    if (block.seats.length === 0) return refused('block_released')
    return this.#note('describe', block, command)
  }

  #note(kind: string, latest: ModelEntry, command: Command): Decision {
    const next = noted(latest, command)
    if (isNotedAlike(next, latest)) return plain(answered('already', latest))
    return done(this.entry(kind, latest.holdId, next))
  }

  #transfer(command: Command): Decision {
    const booking = this.reached(command)
    if (!booking || booking.bookedAt === null) return refused('booking_unknown')
    if (this.terms.cancelled) return refused('show_cancelled')
    if (booking.seats.length === 0) return refused('booking_cancelled')
    const seats = command.seats ?? booking.seats
    const strangers = seats.filter((seat) => !booking.seats.includes(seat))
    if (strangers.length > 0) return refused('seats_not_in_booking', strangers.map(unknown))
    const { owner: former } = this.chains.get(booking.holdId) as ModelChain
    const owner = nextOwner(command, former, booking.holder)
    const holder = command.holder ?? null
    const reference = command.reference ?? booking.reference
    const isTheirs = owner === former && holder === booking.holder
    if (isTheirs && reference === booking.reference) return plain(answered('already', booking))
    if (!isTheirs && this.isOverLimit(owner, holder, seats.length)) {
      return refused('holder_limit_reached')
    }
    const isWhole = seats.length === booking.seats.length
    const before = isWhole ? null : this.without(booking, 'transfer', seats)
    const holdId = before ? (command.to_hold as string) : booking.holdId
    const version = (before?.version ?? this.version) + 1
    const notes = owner === former ? booking.notes : null
    const fields = { ...booking, seats, holder, reference, notes, version, freed: [] }
    const entry = { ...this.entry('transfer', holdId, fields), version }
    return { answer: answered('done', entry), isRemembered: false, before, owner }
  }
}
