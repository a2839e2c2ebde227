/**
 * A house that is right because it does one thing at a time, in memory, by a clock of its own. The
 * judge must find nothing in its history, and every lie that is told about it.
 */
import { hash } from 'node:crypto'
import { createRandom, type Random } from '../../rig/index.ts'
import type {
  Attempt,
  Entry,
  History,
  JsonObject,
  Line,
  PageAsked,
  ShowFacts,
} from '../history/history.ts'
import { gather } from '../history/history-file.ts'
import { EXPIRED } from '../judge/event-rules.ts'
import { lettersAt } from '../judge/read-rules.ts'
import { Timeline } from '../judge/timeline.ts'
import { type Chain, iso, publicId, showOf, tell } from './simulated-chain.ts'
import { eventTypeOf, SimulatedFeed } from './simulated-feed.ts'

const START = Date.UTC(2026, 0, 1)
const SEATS = 8
const HOLD_MS = 1_000
const HOLDER_MAX = 4
/** Somebody with an account. */
const USER = 'user_1'

type Sent = Pick<Attempt, 'operation' | 'target' | 'body' | 'page'>

/** A clean history of so many steps. */
export function simulate(seed: string, steps = 800): History {
  const house = new House(createRandom(seed))
  for (let step = 0; step < steps; step++) house.step()
  return gather(house.finish())
}

class House {
  readonly #random: Random
  readonly #lines: Line[] = []
  readonly #entries: Entry[] = []
  readonly #chains: Chain[] = []
  readonly #feed = new SimulatedFeed()
  readonly #show: ShowFacts
  #now = START
  #no = 0

  constructor(random: Random) {
    this.#random = random
    this.#show = showOf(SEATS, HOLDER_MAX)
    const run = { line: 'run', seed: 'simulated', servers: ['one'], staff: ['desk'] } as const
    this.#lines.push({ ...run, startedAt: START }, this.#show)
  }

  step(): void {
    this.#now += this.#random.whole(20, 400)
    this.#noteEnds()
    const roll = this.#random.next()
    const chain = this.#random.pickIfAny(
      this.#chains.filter(({ seats, isBlock }) => !isBlock && seats.length > 0).slice(-4),
    )
    if (roll < 0.4 || !chain) this.#take(roll < 0.12 ? 'bookSeats' : 'holdSeats')
    else if (roll < 0.7) this.#carryOn(chain, roll)
    else if (roll < 0.82) this.#read()
    else if (roll < 0.85) this.#lookAtOwn()
    else if (roll < 0.9) this.#withhold()
    else if (roll < 0.96) this.#listen()
    else this.#readPage()
  }

  finish(): Line[] {
    this.#now += 2 * HOLD_MS
    this.#noteEnds()
    for (const caller of ['desk', 'partner-1']) this.#follow(caller)
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
    const about = { id: `evt_${this.#show.key}_${version}`, type: eventTypeOf(entry) }
    this.#publish(about, version, entry.at, chain, this.#tell(chain))
  }

  /** Tells of holds that have run out, in the order in which they did. */
  #noteEnds(): void {
    const over = this.#chains.filter(({ isBlock, isOver, bookedAt, seats, until }) => {
      return !isBlock && !isOver && bookedAt === null && seats.length > 0 && until <= this.#now
    })
    for (const chain of over.toSorted((one, two) => one.until - two.until)) {
      chain.isOver = true
      const last = this.#entries.findLast(({ id }) => id === publicId(chain)) as Entry
      const about = { id: `evt_${this.#show.key}_${last.version}_expired`, type: EXPIRED }
      const data = { ...this.#tell(chain), version: last.version }
      this.#publish(about, last.version, iso(chain.until), chain, data)
    }
  }

  /** Tells a webhook of it, and whoever will read the feed. */
  #publish(
    about: { readonly id: string; readonly type: string },
    version: number,
    at: string,
    { caller }: Chain,
    data: JsonObject,
  ): void {
    const event = { ...about, at, show: this.#show.key, version, data }
    this.#feed.add(event, caller)
    const receivedAt = Date.parse(at) + 5
    this.#lines.push({ line: 'delivery', ...event, receivedAt, isSigned: true })
  }

  #tell(chain: Chain): JsonObject {
    return tell(chain, this.#entries.length, this.#now)
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

  /** The desk or a partner reads a page from somewhere. */
  #readPage(): void {
    const caller = this.#random.chance(0.5) ? 'desk' : 'partner-1'
    const after = this.#random.pickIfAny(this.#feed.positions.slice(-8)) ?? null
    const limit = this.#random.chance(0.5) ? 3 : 1000
    const isRead = this.#random.chance(0.7)
    this.#askForPage(caller, { after: isRead ? after : null, limit, wait: 0 })
  }

  /** Somebody reads page after page from the beginning. */
  #follow(caller: string): void {
    const attempts: number[] = []
    for (let after: string | null = null; ; ) {
      const { events, after: end } = this.#askForPage(caller, { after, limit: 50, wait: 0 })
      attempts.push(this.#no)
      if (end === after || !Array.isArray(events)) break
      after = String(end)
    }
    this.#lines.push({ line: 'followed', show: this.#show.key, caller, attempts })
  }

  #askForPage(caller: string, page: PageAsked): JsonObject {
    const told = this.#feed.page(page, caller === 'desk' ? null : caller)
    const sent: Sent = { operation: 'listEvents', target: null, body: null, page }
    this.#answer(sent, caller, null, 200, told)
    return told
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
