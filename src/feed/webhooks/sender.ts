import { setTimeout as delay } from 'node:timers/promises'
import {
  type Engine,
  eventFor,
  type PlacedEvent,
  type SentEvent,
  type WebhookLag,
  type WebhookLease,
} from '../../engine/index.ts'
import { type Event, newUuid } from '../../protocol/index.ts'
import { type Posted, Poster, type PosterSettings } from './post.ts'

/** Settings of a sender. Times in milliseconds. */
export interface SenderSettings extends PosterSettings {
  /** Between two looks for work that nobody here knows of. */
  readonly lookEveryMs?: number
  /** Of one show in one turn, while other shows wait for theirs. */
  readonly eventsAtOnce?: number
  readonly onTrouble?: (error: unknown) => void
}

/** Figures for metrics, since the start. */
export interface SenderStatus {
  readonly delivered: number
  readonly failed: number
  /** Shows that are worked on or wait for it. */
  readonly waiting: number
  /** From what happened to its arrival, of the last event that arrived. Milliseconds. */
  readonly lagMs: number
}

const LOOK_EVERY_MS = 2_000
/** Of so many looks, one is at how late webhooks are. */
const LAG_LOOKS = 5
const CLOSE_MS = 2_000
const EVENTS_AT_ONCE = 50
const SHOWS_AT_ONCE = 8
const SHOWS_PER_WEBHOOK = 8
/** Pause before something that could not be read or written is tried again. */
const TROUBLE_MS = 500
/** Shorter than a lease, so that a slow receiver does not cost the lease. */
const LEASE_MS = 15_000

/** Progress of a webhook in the events of a show. */
interface Progress {
  position: { readonly version: number; readonly expiryNo: number }
  delivered: SentEvent | null
}

/**
 * Delivers events to webhooks. The database says what there is to do and who does it, so any number
 * of senders may run; one that dies is replaced when its leases run out. Nothing here is on the way
 * of a sale: it reads what is in the journal already.
 */
export class WebhookSender {
  readonly #engine: Engine
  readonly #settings: SenderSettings
  readonly #poster: Poster
  readonly #server = newUuid()
  /** Shows to be looked at, in the order in which they came up. */
  readonly #due = new Set<number>()
  readonly #busy = new Set<number>()
  readonly #running = new Set<Promise<void>>()
  readonly #turns = new Map<string, Places>()
  #delivered = 0
  #failed = 0
  #lagMs = 0
  #lags: readonly WebhookLag[] = []
  #looks = 0
  #timer: NodeJS.Timeout | null = null
  #hasWebhooks = false
  #isClosed = false

  constructor(engine: Engine, settings: SenderSettings) {
    this.#engine = engine
    this.#settings = settings
    this.#poster = new Poster(settings)
    this.#lookLater(0)
  }

  /** Has a show looked at now, because somebody here has just changed it. */
  refresh(show: string): void {
    // Where there is no webhook a sale costs nothing; a new one is seen by the next look.
    if (!this.#hasWebhooks) return
    void this.#engine.showNumber(show).then((showId) => {
      if (showId !== null) this.#add(showId)
    }, this.#trouble)
  }

  /** Sends one event now, whatever else there is. */
  send(target: { url: string; secrets: readonly string[] }, event: Event): Promise<Posted> {
    return this.#poster.post(target, event)
  }

  status(): SenderStatus {
    const waiting = this.#due.size + this.#busy.size + this.#turns.size
    return { delivered: this.#delivered, failed: this.#failed, waiting, lagMs: this.#lagMs }
  }

  /** Age of what webhooks wait for, as of some seconds ago, whichever server tells them. */
  lags(): readonly WebhookLag[] {
    return this.#lags
  }

  /** Finishes what is under way; leases that are left run out by themselves. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    // What is being sent is given a moment; then it is cut off, and another server sends it again.
    const moment = delay(CLOSE_MS, undefined, { ref: false })
    await Promise.race([Promise.all(this.#running), moment])
    this.#poster.close()
    await Promise.all(this.#running)
  }

  readonly #trouble = (error: unknown): void => {
    if (!this.#isClosed) this.#settings.onTrouble?.(error)
  }

  #lookLater(pauseMs = this.#settings.lookEveryMs ?? LOOK_EVERY_MS): void {
    this.#timer = setTimeout(() => {
      this.#run(this.#look())
    }, pauseMs)
    this.#timer.unref()
  }

  #run(work: Promise<void>): void {
    const running = work.catch(this.#trouble).finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  /** Looks for work that came up elsewhere, or has become due. */
  async #look(): Promise<void> {
    try {
      const shows = await this.#engine.webhookWork()
      this.#hasWebhooks = shows !== null
      for (const showId of shows ?? []) this.#add(showId)
      const lone = await this.#engine.leaseLoneEvents()
      await Promise.all(lone.map((one) => this.#deliverLone(one)))
      await this.#lookAtLags()
    } finally {
      if (!this.#isClosed) this.#lookLater()
    }
  }

  async #lookAtLags(): Promise<void> {
    if (this.#looks++ % LAG_LOOKS !== 0) return
    this.#lags = this.#hasWebhooks ? await this.#engine.webhookLags() : []
  }

  #add(showId: number): void {
    this.#due.add(showId)
    this.#next()
  }

  #next(): void {
    for (const showId of this.#due) {
      if (this.#isClosed || this.#busy.size >= SHOWS_AT_ONCE) return
      if (this.#busy.has(showId)) continue
      this.#due.delete(showId)
      this.#busy.add(showId)
      this.#run(
        this.#work(showId).finally(() => {
          this.#busy.delete(showId)
          this.#next()
        }),
      )
    }
  }

  /** One turn for a show. Its webhooks are told side by side: none waits for another one. */
  async #work(showId: number): Promise<void> {
    const { more, leases } = await this.#engine.webhookTurn(showId, this.#server)
    if (more) this.#due.add(showId)
    for (const lease of leases) this.#run(this.#inTurn(showId, lease))
  }

  /** A receiver that hangs takes its own places alone; what waits too long is leased anew. */
  async #inTurn(showId: number, lease: WebhookLease): Promise<void> {
    const leasedAt = performance.now()
    const { webhookId } = lease
    const turn = this.#turns.get(webhookId) ?? new Places(SHOWS_PER_WEBHOOK)
    this.#turns.set(webhookId, turn)
    await turn.enter()
    try {
      if (this.#isClosed) return
      const isLate = performance.now() - leasedAt > LEASE_MS
      if (isLate) await this.#settle(showId, lease, progressOf(lease), null, false)
      if (isLate || (await this.#deliver(showId, lease, turn))) this.#add(showId)
    } finally {
      if (turn.leave()) this.#turns.delete(webhookId)
    }
  }

  /**
   * Delivers a show to one webhook, until there is nothing left, it fails, time is up, or after
   * some events another show waits for the place: one that sells on would never give it up.
   */
  async #deliver(showId: number, lease: WebhookLease, turn: Places): Promise<boolean> {
    const endAt = performance.now() + LEASE_MS
    const isOver = () => performance.now() > endAt || this.#isClosed
    const progress = progressOf(lease)
    for (;;) {
      try {
        const end = await this.#deliverPage(showId, lease, progress, { isOver, turn })
        if (end !== 'more') return end === 'look again'
      } catch (error) {
        // Nobody else may deliver it for as long as the lease lasts: so it is tried again here.
        if (isOver()) throw error
        this.#trouble(error)
        await delay(TROUBLE_MS, undefined, { ref: false })
      }
    }
  }

  async #deliverPage(
    showId: number,
    lease: WebhookLease,
    progress: Progress,
    { isOver, turn }: { readonly isOver: () => boolean; readonly turn: Places },
  ): Promise<'more' | 'look again' | 'over'> {
    const countMax = this.#settings.eventsAtOnce ?? EVENTS_AT_ONCE
    const events = await this.#engine.eventsOf(showId, progress.position, countMax)
    for (const placed of events) {
      const event = wantedOf(placed, lease)
      if (event !== null) {
        const posted = await this.#poster.post(lease, event)
        const sent = toSent(event, placed.position, posted)
        if (!posted.isDelivered) {
          this.#failed += 1
          await this.#settle(showId, lease, progress, sent, false)
          return 'over'
        }
        this.#delivered += 1
        this.#lagMs = Date.now() - Date.parse(event.at)
        progress.delivered = sent
      }
      progress.position = placed.position
      if (isOver()) break
    }
    const isLast = events.length < countMax || isOver() || turn.isWaitedFor
    if (await this.#settle(showId, lease, progress, null, !isLast)) return 'more'
    return events.length > 0 ? 'look again' : 'over'
  }

  #settle(
    showId: number,
    { webhookId }: WebhookLease,
    { position, delivered }: Progress,
    failure: SentEvent | null,
    goesOn: boolean,
  ): Promise<boolean> {
    const server = this.#server
    const report = { webhookId, showId, server, position, goesOn, delivered, failure }
    return this.#engine.settleLease(report)
  }

  async #deliverLone(lone: Parameters<Engine['loneEventOf']>[0]): Promise<void> {
    const event = await this.#engine.loneEventOf(lone)
    if (event === null) return
    const posted = await this.#poster.post(lone, event)
    if (posted.isDelivered) this.#delivered += 1
    else this.#failed += 1
    const { version, expiryNo } = lone
    const sent = { eventId: event.id, type: event.type, version, expiryNo, ...resultOf(posted) }
    await this.#engine.settleLoneEvent(lone, sent, posted.isDelivered)
  }
}

/** Lets so many in at once; the others wait in the order in which they came. */
class Places {
  readonly #waiting: (() => void)[] = []
  #free: number

  constructor(places: number) {
    this.#free = places
  }

  get isWaitedFor(): boolean {
    return this.#waiting.length > 0
  }

  async enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1
      return
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** True when nobody is inside any more. */
  leave(): boolean {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free += 1
    return this.#free === SHOWS_PER_WEBHOOK
  }
}

function progressOf({ version, expiryNo }: WebhookLease): Progress {
  return { position: { version, expiryNo }, delivered: null }
}

/** Finds what a webhook is to be told: what it may know, of a type that it asked for. */
function wantedOf(placed: PlacedEvent, lease: WebhookLease): Event | null {
  const event = eventFor(placed, lease)
  if (event === null) return null
  return lease.events === null || lease.events.includes(event.type) ? event : null
}

function toSent(event: Event, position: PlacedEvent['position'], posted: Posted): SentEvent {
  const isExpiry = event.type === 'hold.expired'
  return {
    eventId: event.id,
    type: event.type,
    version: event.version,
    expiryNo: isExpiry ? position.expiryNo : null,
    ...resultOf(posted),
  }
}

function resultOf({ status, answer, error, tookMs, retryAfterMs, isGone }: Posted) {
  return { status, answer, error, tookMs, retryAfterMs, isGone }
}

/** Waits for events of a show: looks, and looks again, until there are some or time is up. */
export async function untilEvents<Page extends { readonly events: readonly unknown[] }>(
  look: () => Promise<Page>,
  waitMs: number,
  isOver: () => boolean,
): Promise<Page> {
  const giveUpAt = performance.now() + waitMs
  for (;;) {
    const page = await look()
    if (page.events.length > 0 || performance.now() >= giveUpAt || isOver()) return page
    await delay(POLL_MS)
  }
}

const POLL_MS = 400
