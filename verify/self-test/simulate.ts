/**
 * A house that is right because it does one thing at a time, in memory, by a clock of its own. The
 * judge must find nothing in its history, and every lie that is told about it.
 */
import { hash } from 'node:crypto'
import { createRandom, type Random } from '../../rig/index.ts'
import type { Attempt, Entry, History, JsonObject, Line, ShowFacts } from '../history/history.ts'
import { gather } from '../history/history-file.ts'
import { lettersAt } from '../judge/read-rules.ts'
import { Timeline } from '../judge/timeline.ts'

const START = Date.UTC(2026, 0, 1)
const SEATS = 8
const HOLD_MS = 1_000
const HOLDER_MAX = 4
/** Somebody with an account. */
const USER = 'user_1'

/** A hold, a booking or a block, as the house knows it. */
interface Chain {
  readonly id: string
  readonly isBlock?: true
  holder: string | null
  readonly caller: string
  seats: string[]
  until: number
  bookedAt: string | null
}

type Sent = Pick<Attempt, 'operation' | 'target' | 'body'>

/** A clean history of so many steps. */
export function simulate(seed: string, steps = 400): History {
  const house = new House(createRandom(seed))
  for (let step = 0; step < steps; step++) house.step()
  return gather(house.finish())
}

class House {
  readonly #random: Random
  readonly #lines: Line[] = []
  readonly #entries: Entry[] = []
  readonly #chains: Chain[] = []
  readonly #show: ShowFacts
  #now = START
  #no = 0

  constructor(random: Random) {
    this.#random = random
    const seats = Array.from({ length: SEATS }, (_, index) => ({
      seat: `A${index + 1}`,
      section: null,
      row: 'A',
      category: 'standard',
      accessible: false,
      isPlace: false,
    }))
    this.#show = {
      line: 'show',
      key: 'simulated',
      seats,
      maxSeatsPerHold: 3,
      maxSeatsPerHolder: HOLDER_MAX,
      holdSecondsMax: 60,
      holdLifeSecondsMax: 60,
    }
    const run = { line: 'run', seed: 'simulated', servers: ['one'], staff: ['desk'] } as const
    this.#lines.push({ ...run, startedAt: START }, this.#show)
  }

  step(): void {
    this.#now += this.#random.whole(20, 400)
    const roll = this.#random.next()
    const chain = this.#random.pickIfAny(
      this.#chains.filter(({ seats, isBlock }) => !isBlock && seats.length > 0).slice(-4),
    )
    if (roll < 0.4 || !chain) this.#take(roll < 0.12 ? 'bookSeats' : 'holdSeats')
    else if (roll < 0.7) this.#carryOn(chain, roll)
    else if (roll < 0.82) this.#read()
    else if (roll < 0.85) this.#lookAtOwn()
    else if (roll < 0.9) this.#withhold()
    else this.#listen()
  }

  finish(): Line[] {
    for (const { entry, until } of this.#timeline().leftHolds) this.#tellOver(entry, until)
    const version = this.#entries.length
    const show = this.#show.key
    this.#lines.push({ line: 'journal', show, entries: this.#entries })
    this.#lines.push({ line: 'heard', show, version }, { line: 'told', show })
    return this.#lines
  }

  #timeline(): Timeline {
    return new Timeline(this.#entries)
  }

  #take(operation: 'holdSeats' | 'bookSeats'): void {
    const first = this.#random.whole(1, SEATS - 1)
    const seats = [`A${first}`, `A${first + 1}`]
    const caller = this.#random.chance(0.5) ? 'partner-1' : USER
    const holder = `holder-${this.#random.whole(1, 3)}`
    const sent: Sent = { operation, target: null, body: { seats, holder } }
    const key = `key-${this.#no}`
    const timeline = this.#timeline()
    const states = seats.map((seat) => timeline.seat(seat, timeline.last, this.#now))
    const taken = seats.flatMap((seat, index) => {
      const state = states[index]
      if (!state || state.status === 'available') return []
      const until = state.status === 'held' ? { until: iso(state.until) } : {}
      return [{ seat, reason: state.status, ...until }]
    })
    if (taken.length > 0) {
      this.#answer(sent, caller, key, 409, { code: 'seats_unavailable', seats: taken })
      return
    }
    if (this.#has(holder, caller) + seats.length > HOLDER_MAX) {
      this.#answer(sent, caller, key, 409, { code: 'holder_limit_reached', limit: HOLDER_MAX })
      return
    }
    this.#make(sent, caller, key, { seats, holder })
  }

  #make(
    sent: Sent,
    caller: string,
    key: string,
    { seats, holder }: { readonly seats: string[]; readonly holder: string },
  ): void {
    const isBooking = sent.operation === 'bookSeats'
    const chain: Chain = {
      id: this.#newId(),
      holder,
      caller,
      seats,
      until: this.#now + HOLD_MS,
      bookedAt: isBooking ? iso(this.#now) : null,
    }
    this.#chains.push(chain)
    this.#enter(chain, isBooking ? 'book' : 'hold', [])
    // Now and then the answer is lost, and asked for again.
    const isLost = this.#random.chance(0.2)
    if (isLost) this.#answer(sent, caller, key, null, null)
    this.#answer(sent, caller, key, 201, this.#tell(chain), isLost)
  }

  #carryOn(chain: Chain, roll: number): void {
    const isHold = chain.bookedAt === null
    if (chain.seats.length === 0) return
    if (!isHold) {
      if (roll < 0.55) this.#giveBack(chain, 'cancelBooking', 'cancel')
      else if (roll < 0.65) this.#handOn(chain)
      return
    }
    if (roll < 0.5) {
      this.#giveBack(chain, 'releaseHold', 'release')
      return
    }
    if (roll < 0.58 && chain.until > this.#now) {
      this.#change(chain)
      return
    }
    const target = `hold_${chain.id}`
    const sent: Sent = { operation: 'confirmHold', target, body: {} }
    const key = `key-${this.#no}`
    if (chain.until <= this.#now) {
      this.#answer(sent, chain.caller, key, 410, { code: 'hold_expired' })
      return
    }
    chain.bookedAt = iso(this.#now)
    this.#enter(chain, 'confirm', [])
    this.#answer(sent, chain.caller, key, 201, this.#tell(chain))
  }

  /** One seat for another that is free, if there is any. */
  #change(chain: Chain): void {
    const timeline = this.#timeline()
    const free = this.#show.seats.find(({ seat }) => {
      return timeline.seat(seat, timeline.last, this.#now).status === 'available'
    })
    const [gone] = chain.seats
    if (!free || gone === undefined) return
    const body = { add: [free.seat], drop: [gone] }
    chain.seats = [...chain.seats.slice(1), free.seat]
    this.#enter(chain, 'change', [gone])
    const sent: Sent = { operation: 'changeHold', target: `hold_${chain.id}`, body }
    this.#answer(sent, chain.caller, `key-${this.#no}`, 200, this.#tell(chain))
  }

  /** Has the desk block what is free of two seats, and later sell one of them out of the block. */
  #withhold(): void {
    const block = this.#chains.find(({ isBlock, seats }) => isBlock && seats.length > 0)
    const [sold] = block?.seats ?? []
    if (block && sold !== undefined) {
      this.#sellOutOf(block, sold)
      return
    }
    const timeline = this.#timeline()
    const seats = ['A1', 'A2'].filter((seat) => {
      return timeline.seat(seat, timeline.last, this.#now).status === 'available'
    })
    if (seats.length === 0) return
    const id = this.#newId()
    const until = Number.POSITIVE_INFINITY
    const made = { id, isBlock: true, holder: null, caller: 'desk', seats, until } as const
    this.#chains.push({ ...made, seats: [...seats], bookedAt: null })
    this.#enter(this.#chains.at(-1) as Chain, 'block', [])
    const sent: Sent = { operation: 'blockSeats', target: null, body: { seats } }
    this.#answer(sent, 'desk', `key-${this.#no}`, 201, this.#tell(this.#chains.at(-1) as Chain))
  }

  /** Enters two: what stays of the block, and the booking. */
  #sellOutOf(block: Chain, seat: string): void {
    const body = { seats: [seat], block: `block_${block.id}` }
    block.seats = block.seats.filter((one) => one !== seat)
    this.#enter(block, 'unblock', [seat], null)
    const about = { id: this.#newId(), holder: null, caller: 'desk', seats: [seat] }
    const booking: Chain = { ...about, until: this.#now, bookedAt: iso(this.#now) }
    this.#chains.push(booking)
    this.#enter(booking, 'book', [])
    const sent: Sent = { operation: 'bookSeats', target: null, body }
    this.#answer(sent, 'desk', `key-${this.#no}`, 201, this.#tell(booking))
  }

  /** The whole booking, or its last seat, to somebody who may have it. */
  #handOn(chain: Chain): void {
    const holder = `holder-${this.#random.whole(1, 3)}`
    const isWhole = chain.seats.length === 1 || this.#random.chance(0.5)
    const seats = isWhole ? chain.seats : chain.seats.slice(-1)
    if (holder === chain.holder || this.#has(holder, chain.caller) + seats.length > HOLDER_MAX) {
      return
    }
    const target = `book_${chain.id}`
    const sent: Sent = { operation: 'transferBooking', target, body: { holder, seats } }
    const key = `key-${this.#no}`
    if (isWhole) chain.holder = holder
    else {
      chain.seats = chain.seats.slice(0, -1)
      this.#enter(chain, 'transfer', seats)
    }
    const next = isWhole ? chain : { ...chain, id: this.#newId(), holder, seats: [...seats] }
    if (!isWhole) this.#chains.push(next)
    this.#enter(next, 'transfer', [])
    this.#answer(sent, chain.caller, key, 200, this.#tell(next))
  }

  #newId(): string {
    return hash('sha256', `${this.#no}`).slice(0, 24)
  }

  /** Counts the seats that a holder of a caller has. */
  #has(holder: string, caller: string): number {
    return this.#chains
      .filter((chain) => chain.holder === holder && chain.caller === caller)
      .filter((chain) => chain.bookedAt !== null || chain.until > this.#now)
      .reduce((sum, chain) => sum + chain.seats.length, 0)
  }

  #giveBack(chain: Chain, operation: Attempt['operation'], kind: string): void {
    const prefix = kind === 'cancel' ? 'book' : 'hold'
    const timeline = this.#timeline()
    const freed = chain.seats.filter((seat) => {
      return timeline.claim(seat, timeline.last)?.chain === chain.id
    })
    chain.seats = []
    if (chain.bookedAt === null) chain.until = this.#now
    this.#enter(chain, kind, freed)
    const sent: Sent = { operation, target: `${prefix}_${chain.id}`, body: {} }
    this.#answer(sent, chain.caller, `key-${this.#no}`, 200, this.#tell(chain))
  }

  #enter(
    chain: Chain,
    kind: string,
    freed: readonly string[],
    requestId: string | null = `request-${this.#no}-${this.#entries.length}`,
  ): void {
    const endsAt = Number.isFinite(chain.until) && chain.bookedAt === null ? chain.until : null
    const version = this.#entries.length + 1
    const entry: Entry = {
      version,
      at: iso(this.#now),
      kind,
      id: publicId(chain),
      seats: [...chain.seats],
      freed,
      until: endsAt === null ? null : iso(endsAt),
      bookedAt: chain.bookedAt,
      holder: chain.holder,
      reference: null,
      actor: chain.caller,
      requestId,
    }
    this.#entries.push(entry)
    const show = this.#show.key
    const about = { show, version, id: `evt_${show}_${version}`, type: eventTypeOf(entry) }
    const data = { id: entry.id, seats: entry.seats }
    const when = { at: entry.at, receivedAt: this.#now + 5 }
    this.#lines.push({ line: 'delivery', ...about, ...when, data, isSigned: true })
  }

  /** Tells a webhook that a hold has run out. */
  #tellOver({ id, seats, until, version }: Entry, endedAt: number): void {
    const show = this.#show.key
    const about = { show, version, id: `evt_${show}_${version}_expired`, type: 'hold.expired' }
    const when = { at: String(until), receivedAt: endedAt + 5 }
    this.#lines.push({ line: 'delivery', ...about, ...when, data: { id, seats }, isSigned: true })
  }

  #tell(chain: Chain): JsonObject {
    const version = this.#entries.length
    if (chain.isBlock) return { id: publicId(chain), seats: [...chain.seats], version }
    const common = { seats: [...chain.seats], holder: chain.holder, reference: null, version }
    if (chain.bookedAt === null) {
      return { id: publicId(chain), expiresAt: iso(chain.until), ...common }
    }
    const cancelledAt = chain.seats.length === 0 ? iso(this.#now) : null
    return { id: publicId(chain), bookedAt: chain.bookedAt, cancelledAt, ...common }
  }

  #read(): void {
    const version = this.#entries.length
    const one = { show: this.#show, timeline: this.#timeline() }
    const statuses = lettersAt(one, version, this.#now)
    const sent: Sent = { operation: 'getStatuses', target: null, body: null }
    this.#answer(sent, 'anonymous', null, 200, { version, asOf: iso(this.#now), statuses })
  }

  /** The user looks at their own holds. */
  #lookAtOwn(): void {
    const items = this.#chains
      .filter(({ caller, bookedAt }) => caller === USER && bookedAt === null)
      .filter(({ seats, until }) => seats.length > 0 && until > this.#now)
      .map((chain) => ({ ...this.#tell(chain), show: this.#show.key }))
    const sent: Sent = { operation: 'listMyHolds', target: null, body: null }
    this.#answer(sent, USER, null, 200, { items, next: null })
  }

  #listen(): void {
    const version = this.#entries.length
    const one = { show: this.#show, timeline: this.#timeline() }
    const statuses = lettersAt(one, version, this.#now)
    const data = { version, asOf: iso(this.#now), statuses }
    const show = this.#show.key
    const event = { line: 'event', show, stream: 0, event: 'snapshot', data } as const
    this.#lines.push({ ...event, receivedAt: this.#now })
  }

  #answer(
    sent: Sent,
    caller: string,
    key: string | null,
    status: number | null,
    answer: JsonObject | null,
    replayed = false,
  ): void {
    this.#no += 1
    const bodyHash = sent.body === null ? null : hash('sha256', JSON.stringify(sent.body))
    const about = {
      line: 'attempt',
      no: this.#no,
      caller,
      server: 0,
      show: this.#show.key,
    } as const
    // A request takes a while on either side of its effect; a repeat comes after the first.
    const startedAt = replayed ? this.#now + 4 : this.#now - 3
    const endedAt = replayed ? this.#now + 7 : this.#now + 3
    const rest = { status, replayed, answer, startedAt, endedAt }
    this.#lines.push({ ...about, ...sent, key, bodyHash, ...rest })
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

function publicId({ id, isBlock, bookedAt }: Chain): string {
  if (isBlock) return `block_${id}`
  return `${bookedAt === null ? 'hold' : 'book'}_${id}`
}

/** Names what a webhook is told of an entry of this house, which changes only whole holds. */
function eventTypeOf({ kind, seats, freed }: Entry): string {
  if (kind === 'hold') return 'hold.created'
  if (kind === 'change') return 'hold.changed'
  if (kind === 'block') return 'block.created'
  if (kind === 'unblock') return 'block.released'
  if (kind === 'release') return 'hold.released'
  if (kind === 'cancel') return seats.length === 0 ? 'booking.cancelled' : 'booking.changed'
  if (kind === 'transfer') return freed.length > 0 ? 'booking.changed' : 'booking.transferred'
  return 'booking.created'
}
