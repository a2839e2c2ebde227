import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { classify, type Database, type FailureKind } from '../../db/index.ts'
import { LIMITS, Refusal } from '../../protocol/index.ts'
import { type Command, isSale, type Outcome } from './command.ts'

/** How much a lane takes on. */
export interface LaneSettings {
  /** Commands that may wait; one more is refused with `busy`. */
  readonly queueMax: number
  /** Commands in one batch: larger ones share more, but make each other wait longer. */
  readonly batchMax: number
  /** Milliseconds within which every command gets an answer. */
  readonly deadlineMs: number
}

/** Counters since the start. */
export interface LaneCounters {
  batches: number
  commands: number
  resent: number
}

interface Pending {
  readonly command: Command
  readonly deadlineAt: number
  /** It was under way when a connection broke, so nobody knows whether it committed. */
  isInDoubt: boolean
  isAnswered: boolean
  resolve(outcome: Outcome): void
  reject(refusal: Refusal | Error): void
}

const PAUSE_MS_MIN = 20
const PAUSE_MS_MAX = 500
const WATCH_MS = 200

/**
 * One document for all answers, with one reading of the clock: as rows, each command would take
 * node 10 µs instead of 7. `origin` tells a booking made directly from one that was a hold; only
 * rare answers need it.
 */
const APPLY = `
  select json_agg(answer) as answers
  from (
    select
      outcome.*,
      (select rowlock.ms(rowlock.clock())) as now,
      case
        when outcome.kind in ('cancel', 'swap') then (
          select entry.kind
          from rowlock.journal as entry
          where entry.show_id = ($1::json -> outcome.n ->> 'show_id')::bigint
            and entry.hold_id = outcome.hold_id
            and entry.step = 0
        )
      end as origin
    from rowlock.apply($1::json) as outcome
  ) as answer`

/**
 * One database connection with at most one batch in flight. What arrives meanwhile is the next
 * batch: no timer, no wait when idle, large batches when busy.
 *
 * A batch whose connection broke is in doubt, and is sent again as it was: the kernel knows its
 * request ids, so what had committed is answered and not done twice. Whoever's deadline passes
 * meanwhile is told `outcome_unknown`, or `busy` when nothing of theirs can have been done.
 */
export class Lane {
  readonly counters: LaneCounters = { batches: 0, commands: 0, resent: 0 }
  readonly #database: Database
  readonly #settings: LaneSettings
  #queue: Pending[] = []
  #flight: readonly Pending[] = []
  #client: pg.Client | null = null
  #hasWarning = false
  #isUnderWay = false
  #isPumping = false
  #isClosed = false
  #watch: NodeJS.Timeout | null = null
  #idle: Promise<void> = Promise.resolve()

  constructor(database: Database, settings: LaneSettings) {
    this.#database = database
    this.#settings = settings
  }

  get queuedCount(): number {
    return this.#queue.length
  }

  get isConnected(): boolean {
    return this.#client !== null
  }

  /** Resolves with the outcome, refusals of the kernel included. Rejects as the class says. */
  submit(command: Command): Promise<Outcome> {
    if (this.#isClosed || this.#queue.length >= this.#settings.queueMax) {
      return Promise.reject(busy('The queue of this show is full; try again in a second.'))
    }
    return new Promise((resolve, reject) => {
      const deadlineAt = performance.now() + this.#settings.deadlineMs
      const marks = { isInDoubt: false, isAnswered: false }
      this.#queue.push({ command, deadlineAt, ...marks, resolve, reject })
      this.#start()
    })
  }

  /** Refuses new commands, answers those accepted, then ends the connection. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#idle
    await this.#client?.end().catch(() => {})
    this.#client = null
  }

  /** `setImmediate`, so that requests that arrived in the same turn go together. */
  #start(): void {
    if (this.#isPumping) return
    this.#isPumping = true
    this.#watch = setInterval(() => this.#giveUpLate(), WATCH_MS)
    this.#idle = new Promise((resolve) => {
      setImmediate(() => this.#pump().then(resolve))
    })
  }

  async #pump(): Promise<void> {
    while (this.#queue.length > 0) {
      this.#flight = this.#queue.splice(0, this.#settings.batchMax)
      await this.#settle(this.#flight)
    }
    this.#flight = []
    if (this.#watch) clearInterval(this.#watch)
    this.#isPumping = false
  }

  /** Answers every command of a batch, however often it must be sent. Never throws. */
  async #settle(batch: readonly Pending[]): Promise<void> {
    for (let pauseMs = PAUSE_MS_MIN; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX)) {
      const open = batch.filter((pending) => !pending.isAnswered)
      if (open.length === 0) break
      const failure = await this.#attempt(open)
      if (failure === null) break
      if (failure.kind === 'bug') {
        await this.#isolate(open, failure.error)
        break
      }
      if (failure.kind === 'timeout' && open.length > 1) {
        // Too much for one statement: half of it each, while there is time.
        const half = Math.ceil(open.length / 2)
        await this.#settle(open.slice(0, half))
        await this.#settle(open.slice(half))
        break
      }
      await delay(pauseMs * (0.5 + Math.random() / 2))
    }
  }

  /** Sends the commands once. Null when all are answered. */
  async #attempt(batch: readonly Pending[]): Promise<Failure | null> {
    let open = batch
    try {
      const client = await this.#connected()
      // Whoever was told `busy` while it connected must not be served afterwards.
      open = batch.filter((pending) => !pending.isAnswered)
      if (open.length === 0) return null
      this.#hasWarning = false
      this.#isUnderWay = true
      const outcomes = await this.#apply(client, open)
      if (this.#hasWarning) {
        // Such as a cancelled wait for a synchronous standby: committed here, but perhaps nowhere
        // else. Asking again waits again.
        markInDoubt(open)
        return { kind: 'retry', error: new Error('a warning at commit') }
      }
      this.#answer(open, outcomes)
      return null
    } catch (error) {
      // Nothing was sent while it connected, whatever went wrong: another try cannot harm.
      const kind = this.#isUnderWay ? classify(error) : 'lost'
      if (kind === 'lost') {
        this.#drop()
        if (this.#isUnderWay) {
          markInDoubt(open)
          this.counters.resent += 1
        }
      }
      return { kind, error }
    } finally {
      this.#isUnderWay = false
    }
  }

  async #apply(client: pg.Client, open: readonly Pending[]): Promise<Outcome[]> {
    const batch = JSON.stringify(open.map(asSent))
    this.counters.batches += 1
    this.counters.commands += open.length
    const name = this.#database.namedStatements ? { name: 'apply' } : {}
    const query = { ...name, text: APPLY, values: [batch] }
    const { rows } = await client.query<{ answers: Outcome[] | null }>(query)
    return rows[0]?.answers ?? []
  }

  #answer(open: readonly Pending[], outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      const pending = open[outcome.n]
      if (!pending || pending.isAnswered) continue
      pending.isAnswered = true
      pending.resolve(outcome)
    }
    for (const pending of open) {
      if (pending.isAnswered) continue
      fail(pending, new Error('rowlock.apply left a command without an answer'))
    }
  }

  /** One command must not spoil the answers of those that happen to travel with it. */
  async #isolate(open: readonly Pending[], error: unknown): Promise<void> {
    const [first] = open
    if (open.length === 1 && first) {
      fail(first, error instanceof Error ? error : new Error(String(error)))
      return
    }
    for (const pending of open) await this.#settle([pending])
  }

  async #connected(): Promise<pg.Client> {
    if (this.#client) return this.#client
    const client = await this.#database.connectLane()
    client.on('end', () => {
      if (this.#client === client) this.#client = null
    })
    client.on('notice', (notice) => {
      // By its SQLSTATE: the word comes in the server's language.
      if (notice.code?.startsWith('01')) this.#hasWarning = true
    })
    this.#client = client
    return client
  }

  #drop(): void {
    void this.#client?.end().catch(() => {})
    this.#client = null
  }

  /** Whoever waits beyond the deadline is answered; the batch itself may still go on. */
  #giveUpLate(): void {
    const now = performance.now()
    for (const pending of this.#flight) {
      if (pending.deadlineAt > now || pending.isAnswered) continue
      fail(pending, this.#isUnderWay || pending.isInDoubt ? outcomeUnknown() : busy())
    }
    const isLate = (pending: Pending) => pending.deadlineAt <= now
    if (!this.#queue.some(isLate)) return
    for (const pending of this.#queue.filter(isLate)) fail(pending, busy())
    this.#queue = this.#queue.filter((pending) => !pending.isAnswered)
  }
}

interface Failure {
  readonly kind: FailureKind
  readonly error: unknown
}

/**
 * A command in its place in the batch. While it is in doubt, an earlier sending may still arrive,
 * so the refusal of a sale has to stay one even when its client has no key to ask again with.
 */
function asSent({ command, isInDoubt }: Pending, n: number): Command & { readonly n: number } {
  return { n, ...command, remember: command.remember || (isInDoubt && isSale(command)) }
}

function markInDoubt(open: readonly Pending[]): void {
  for (const pending of open) pending.isInDoubt = true
}

function fail(pending: Pending, error: Refusal | Error): void {
  if (pending.isAnswered) return
  pending.isAnswered = true
  pending.reject(error)
}

function busy(detail = 'The database did not get to it in time; nothing was done.'): Refusal {
  return new Refusal('busy', { detail, retryAfterSeconds: 1 })
}

function outcomeUnknown(): Refusal {
  const seconds = LIMITS.deadlineMs / 1000
  const doubt = `No answer from the database within ${seconds} s. It may have been done`
  const detail = `${doubt}: ask again with the same Idempotency-Key.`
  return new Refusal('outcome_unknown', { detail, retryAfterSeconds: 1 })
}
