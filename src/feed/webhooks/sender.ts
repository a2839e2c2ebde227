import { setTimeout as delay } from 'node:timers/promises'
import {
  type Engine,
  eventFor,
  type LeaseReport,
  type PlacedEvent,
  type SentEvent,
  type WebhookLag,
  type WebhookLease,
} from '../../engine/index.ts'
import { type Event, newUuid } from '../../protocol/index.ts'
import { AskedTogether } from './asked-together.ts'
import { EventPages, type ReadyEvent } from './event-pages.ts'
import { Places } from './places.ts'
import { type Message, messageOf, type Posted, type PosterSettings } from './post.ts'
import { PostOffice } from './post-office.ts'
import { ShowQueue } from './show-queue.ts'

/** Settings of a sender. Times in milliseconds. */
export interface SenderSettings extends PosterSettings {
  /** Between two looks for work that nobody here knows of. */
  readonly lookEveryMs?: number
  /** Events of one show in one turn, while other shows wait for theirs. */
  readonly eventsAtOnce?: number
  readonly onTrouble?: (error: unknown) => void
}

/** Figures for metrics, since the start. */
export interface SenderStatus {
  readonly delivered: number
  readonly failed: number
  /** Shows that are worked on or wait for it. */
  readonly waiting: number
}

const LOOK_EVERY_MS = 2_000
/** After a look that did not show everything: the next one comes sooner, by what this one took. */
const NEXT_PART = { minMs: 250, factor: 20 }
/** Looks of which one is at how late webhooks are. */
const LAG_LOOKS = 5
const EVENTS_AT_ONCE = 200
/** A turn is over, and noted, when this time is over and an event is answered. */
const TURN_MS = 500
const COUNT = { min: 10, usual: 50 }
/** Places of a webhook, one for each show: most of an event's time is waiting for the receiver. */
const SHOWS_PER_WEBHOOK = 16
/** Leases that are settled in one round trip: each of them is a row to lock. */
const SETTLED_AT_ONCE = 100
/** Pause before something that could not be read or written is tried again. */
const TROUBLE_MS = 500
/** Shorter than a lease. What is changed of a webhook is seen after this time at the latest. */
const LEASE_MS = 15_000

/** Progress of a webhook in the events of a show. */
interface Progress {
  position: PlacedEvent['position']
  /** The last event that arrived. */
  delivered: SentEvent | null
  /** The event that came last, if it did not arrive. */
  failure: SentEvent | null
  /** Events that arrived, of those that were handed over last. */
  told: number
  /** Events to be handed over next: about as many as a turn takes. */
  count: number
}

/** An event that a webhook is told of, at its place. */
interface Wanted {
  readonly ready: ReadyEvent
  readonly event: Event
  readonly message: Message
}

/**
 * Delivers events to webhooks. The database says what there is to do and who does it, so any number
 * of senders may run; one that dies is replaced when its leases run out. Nothing here is on the way
 * of a sale: it reads what is in the journal already, and a thread of its own signs and sends.
 */
export class WebhookSender {
  readonly #engine: Engine
  readonly #settings: SenderSettings
  readonly #office: PostOffice
  readonly #pages: EventPages
  readonly #settlements: AskedTogether<LeaseReport, boolean>
  readonly #server = newUuid()
  readonly #queue = new ShowQueue((showIds) => this.#work(showIds).catch(this.#trouble))
  /** Keys of shows that were changed in this turn of the event loop. */
  readonly #changed = new Set<string>()
  readonly #running = new Set<Promise<void>>()
  readonly #turns = new Map<string, Places>()
  #onDelivered: (seconds: number) => void = () => {}
  #delivered = 0
  #failed = 0
  #lags: readonly WebhookLag[] = []
  #looks = 0
  #timer: NodeJS.Timeout | null = null
  #hasWebhooks = false
  #isClosed = false

  constructor(engine: Engine, settings: SenderSettings) {
    this.#engine = engine
    this.#settings = settings
    this.#office = new PostOffice(settings)
    this.#pages = new EventPages(engine)
    this.#settlements = new AskedTogether(async (reports) => {
      const kept = await engine.settleLeases(this.#server, reports)
      return kept.map((value) => ({ status: 'fulfilled', value }))
    }, SETTLED_AT_ONCE)
    this.#lookLater(0)
  }

  /** Has a show looked at now, because somebody here has just changed it. */
  refresh(show: string): void {
    // Where there is no webhook a sale costs nothing; a new one is seen by the next look.
    if (!this.#hasWebhooks) return
    if (this.#changed.size === 0) setImmediate(() => this.#addChanged())
    this.#changed.add(show)
  }

  /** Sends one event now, whatever else there is. */
  send(target: { url: string; secrets: readonly string[] }, event: Event): Promise<Posted> {
    return this.#office.post(target, messageOf(event))
  }

  /** Tells how long each event took that arrives from now on, from what happened to its arrival. */
  observe(onDelivered: (seconds: number) => void): void {
    this.#onDelivered = onDelivered
  }

  status(): SenderStatus {
    const waiting = this.#queue.size + this.#turns.size
    return { delivered: this.#delivered, failed: this.#failed, waiting }
  }

  /** Age of what webhooks wait for, as of some seconds ago, whichever server tells them. */
  lags(): readonly WebhookLag[] {
    return this.#lags
  }

  /** Finishes what is under way; leases that are left run out by themselves. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#queue.close()
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#office.close()
    await Promise.all(this.#running)
  }

  readonly #trouble = (error: unknown): void => {
    if (!this.#isClosed) this.#settings.onTrouble?.(error)
  }

  #lookLater(pauseMs: number): void {
    this.#timer = setTimeout(() => {
      this.#run(this.#look())
    }, pauseMs)
    this.#timer.unref()
  }

  #run(work: Promise<void>): void {
    const running = work.catch(this.#trouble).finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  /** Looks for work that came up elsewhere, or has become due: one question for all of it. */
  async #look(): Promise<void> {
    const lookEveryMs = this.#settings.lookEveryMs ?? LOOK_EVERY_MS
    const beganAt = performance.now()
    let pauseMs = lookEveryMs
    try {
      const { shows, isCut, lone, lags } = await this.#engine.webhookLook({
        withLags: this.#looks++ % LAG_LOOKS === 0,
      })
      const tookMs = performance.now() - beganAt
      if (isCut) pauseMs = Math.max(NEXT_PART.minMs, NEXT_PART.factor * tookMs)
      this.#hasWebhooks = shows !== null
      for (const showId of shows ?? []) this.#queue.add(showId)
      for (const one of lone) this.#run(this.#deliverLone(one))
      this.#lags = lags ?? this.#lags
    } finally {
      if (!this.#isClosed) this.#lookLater(Math.min(pauseMs, lookEveryMs))
    }
  }

  #addChanged(): void {
    for (const show of this.#changed) {
      void this.#engine.showNumber(show).then((showId) => {
        if (showId !== null) this.#queue.add(showId)
      }, this.#trouble)
    }
    this.#changed.clear()
  }

  /** One turn for shows. Their webhooks are told side by side: none waits for another one. */
  async #work(showIds: readonly number[]): Promise<void> {
    const { more, leases } = await this.#engine.webhookTurns(showIds, this.#server)
    for (const showId of more) this.#queue.add(showId)
    for (const lease of leases) this.#run(this.#inTurn(lease))
  }

  /** A receiver that hangs takes its own places alone; what waits too long is leased anew. */
  async #inTurn(lease: WebhookLease): Promise<void> {
    const leasedAt = performance.now()
    const { showId, webhookId } = lease
    const turn = this.#turns.get(webhookId) ?? new Places(SHOWS_PER_WEBHOOK)
    this.#turns.set(webhookId, turn)
    await turn.enter()
    try {
      if (this.#isClosed) return
      const isLate = performance.now() - leasedAt > LEASE_MS
      if (isLate) await this.#settle(lease, progressOf(lease), false)
      if (isLate || (await this.#deliver(lease, turn))) this.#queue.add(showId)
    } finally {
      if (turn.leave()) this.#turns.delete(webhookId)
    }
  }

  /**
   * Delivers a show to one webhook, until there is nothing left, it fails, time is up, or after
   * some events another show waits for the place: one that sells on would never give it up.
   */
  async #deliver(lease: WebhookLease, turn: Places): Promise<boolean> {
    const endAt = performance.now() + LEASE_MS
    const isOver = () => performance.now() > endAt || this.#isClosed
    const progress = progressOf(lease)
    for (;;) {
      try {
        const end = await this.#deliverSome(lease, progress, { isOver, turn })
        if (end !== 'more') return end === 'look again'
      } catch (error) {
        // Nobody else may deliver it for as long as the lease lasts: so it is tried again here.
        if (isOver()) throw error
        this.#trouble(error)
        await delay(TROUBLE_MS, undefined, { ref: false })
      }
    }
  }

  async #deliverSome(
    lease: WebhookLease,
    progress: Progress,
    { isOver, turn }: { readonly isOver: () => boolean; readonly turn: Places },
  ): Promise<'more' | 'look again' | 'over'> {
    const countMax = this.#settings.eventsAtOnce ?? EVENTS_AT_ONCE
    const { events, isCut } = await this.#pages.after(lease.showId, progress.position, countMax)
    const wanted = events.flatMap((ready) => wantedOf(ready, lease) ?? [])
    await this.#tell(lease, wanted.slice(0, progress.count), progress)
    const next = wanted[progress.told]
    const reached = next === undefined ? events.at(-1) : events[events.indexOf(next.ready) - 1]
    progress.position = reached?.position ?? progress.position
    const isAtEnd = next === undefined && !isCut
    const isLast = progress.failure !== null || isAtEnd || isOver() || turn.isWaitedFor
    if (await this.#settle(lease, progress, !isLast)) return 'more'
    return events.length > 0 && progress.failure === null ? 'look again' : 'over'
  }

  async #tell(lease: WebhookLease, events: readonly Wanted[], progress: Progress) {
    progress.told = 0
    progress.failure = null
    if (events.length === 0 || this.#isClosed) return
    const target = { url: lease.url, secrets: lease.secrets }
    const messages = events.map(({ message }) => message)
    const told = await this.#office.round({ target, messages, msMax: TURN_MS })
    progress.told = told.delivered
    progress.count = countAfter(told.delivered)
    const last = events[told.delivered - 1]
    if (last && told.last) progress.delivered = toSent(last, told.last)
    const failed = events[told.delivered]
    if (failed && told.failure) progress.failure = toSent(failed, told.failure)
    this.#delivered += told.delivered
    if (progress.failure !== null) this.#failed += 1
    for (const [index, arrivedAt] of told.arrivedAt.entries()) {
      this.#onDelivered((arrivedAt - Date.parse((events[index] as Wanted).event.at)) / 1000)
    }
  }

  #settle(
    { showId, webhookId }: WebhookLease,
    { position, delivered, failure }: Progress,
    goesOn: boolean,
  ): Promise<boolean> {
    const report = { webhookId, showId, ...position, goesOn, delivered, failure }
    return this.#settlements.ask(report)
  }

  async #deliverLone(lone: Parameters<Engine['loneEventOf']>[0]): Promise<void> {
    const event = await this.#engine.loneEventOf(lone)
    if (event === null || this.#isClosed) return
    const posted = await this.#office.post(lone, messageOf(event))
    if (posted.isDelivered) this.#delivered += 1
    else this.#failed += 1
    const { version, expiryNo } = lone
    const sent = { eventId: event.id, type: event.type, version, expiryNo, ...resultOf(posted) }
    await this.#engine.settleLoneEvent(lone, sent, posted.isDelivered)
  }
}

function progressOf({ version, expiryNo }: WebhookLease): Progress {
  const position = { version, expiryNo }
  return { position, delivered: null, failure: null, told: 0, count: COUNT.usual }
}

/** Twice what was told: a fast receiver soon gets all, a slow one is handed little. */
function countAfter(told: number): number {
  return Math.max(COUNT.min, 2 * told)
}

/** Finds what a webhook is to be told: what it may know, of a type that it asked for. */
function wantedOf(ready: ReadyEvent, lease: WebhookLease): Wanted | null {
  const event = eventFor(ready, lease)
  if (event === null || (lease.events !== null && !lease.events.includes(event.type))) return null
  return { ready, event, message: event === ready.event ? ready.message : messageOf(event) }
}

function toSent({ event, ready }: Wanted, posted: Posted): SentEvent {
  const isExpiry = event.type === 'hold.expired'
  return {
    eventId: event.id,
    type: event.type,
    version: event.version,
    expiryNo: isExpiry ? ready.position.expiryNo : null,
    ...resultOf(posted),
  }
}

function resultOf({ status, answer, error, tookMs, retryAfterMs, isGone }: Posted) {
  return { status, answer, error, tookMs, retryAfterMs, isGone }
}
