import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { ACCESS_COOKIE } from '../session-cookies.ts'
import type { Shedding } from './shedding.ts'

declare module 'node:http' {
  interface IncomingMessage {
    /**
     * Instant at which it was read, in milliseconds of `performance.now()`, if it had to wait its
     * turn.
     */
    arrivedAt?: number
  }
}

/** A request and what answers it. */
interface Visit {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Queues: those who say who they are, those who want a page, all others. */
type Asking = 'known' | 'page' | 'anonymous'

/**
 * Milliseconds of processor time that a turn of the event loop may take, about. Long enough for the
 * requests of a crowd of some hundreds, so that they form one batch; short enough for health checks
 * and new connections, of which a turn takes one for each listening socket.
 */
const TURN_MS_MAX = 6
/** Requests a turn: never fewer, however much each of them costs. */
const QUOTA_MIN = 8
const QUOTA_MAX = 256
const QUOTA_STEP = 2
/** A refusal that is answered before the framework costs so much less than a request. */
const REFUSALS_PER_REQUEST = 4

/**
 * Lets so many requests through in each turn of the event loop as it can do in some milliseconds,
 * and those who watch the server at once. Without it, a turn has no end in a crowd: node reads up
 * to 48 times 1,024 sockets before it comes to new connections, timers and the database, and
 * clients that are answered within it and ask again at once keep it there for seconds.
 */
export class Turnstile {
  readonly #shedding: Shedding
  readonly #handle: (request: IncomingMessage, response: ServerResponse) => void
  readonly #queues = { known: new Queue(), page: new Queue(), anonymous: new Queue() }
  #quota = 64
  #passed = 0
  #turnBeganAt = 0
  #isTurning = false

  constructor(
    shedding: Shedding,
    handle: (request: IncomingMessage, response: ServerResponse) => void,
  ) {
    this.#shedding = shedding
    this.#handle = handle
    shedding.watch(this)
  }

  get waiting(): number {
    const { known, page, anonymous } = this.#queues
    return known.size + page.size + anonymous.size
  }

  /** Milliseconds that the first in a queue has waited. */
  lateMs(queue: Asking): number {
    const arrivedAt = this.#queues[queue].first?.request.arrivedAt
    return arrivedAt === undefined ? 0 : performance.now() - arrivedAt
  }

  enter(request: IncomingMessage, response: ServerResponse): void {
    if (request.url?.startsWith('/health')) {
      this.#handle(request, response)
      return
    }
    if (!this.#isTurning) this.#beginTurn()
    if (this.#passed < this.#quota && this.waiting === 0) {
      this.#passed += 1
      this.#handle(request, response)
      return
    }
    request.arrivedAt = performance.now()
    this.#queues[askingOf(request)].push({ request, response })
  }

  #beginTurn(): void {
    this.#isTurning = true
    this.#turnBeganAt = spentMs()
    setImmediate(() => this.#endTurn())
  }

  #endTurn(): void {
    this.#adapt(spentMs() - this.#turnBeganAt)
    this.#passed = 0
    this.#isTurning = false
    if (this.waiting === 0) return
    this.#beginTurn()
    this.#letIn()
    this.#sendAway()
  }

  /** Only a turn that was full says how much fits into one. */
  #adapt(spent: number): void {
    if (this.#passed < this.#quota) return
    this.#quota =
      spent > TURN_MS_MAX
        ? Math.max(QUOTA_MIN, Math.floor(this.#quota * 0.8))
        : Math.min(QUOTA_MAX, this.#quota + QUOTA_STEP)
  }

  #letIn(): void {
    const { known, page, anonymous } = this.#queues
    while (this.#passed < this.#quota && this.waiting > 0) {
      for (const queue of [known, page, anonymous]) {
        const visit = queue.shift()
        if (visit === undefined || visit.request.socket.destroyed) continue
        this.#passed += 1
        this.#handle(visit.request, visit.response)
      }
    }
  }

  /** Some of a crowd is let in all the same: sending everybody away would sell nothing. */
  #sendAway(): void {
    for (let rest = this.#quota * REFUSALS_PER_REQUEST; rest > 0; rest--) {
      if (!this.#shedding.isTooMuchFor('anonymous')) return
      const visit = this.#queues.anonymous.shift()
      if (visit === undefined) return
      this.#shedding.answer(visit.request, visit.response)
    }
  }
}

function askingOf({ url = '', headers }: IncomingMessage): Asking {
  if (headers.authorization !== undefined) return 'known'
  if (headers.cookie?.includes(`${ACCESS_COOKIE}=`)) return 'known'
  return url.startsWith('/v1/') ? 'anonymous' : 'page'
}

/** Processor time of this thread: while others have the processor, none is spent. */
function spentMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** First in, first out. Keeps nothing that has gone, also where it is never empty. */
class Queue {
  #arrived: Visit[] = []
  /** Those who came before, the first of them last. */
  #leaving: Visit[] = []

  get size(): number {
    return this.#arrived.length + this.#leaving.length
  }

  get first(): Visit | undefined {
    return this.#leaving.at(-1) ?? this.#arrived[0]
  }

  push(visit: Visit): void {
    this.#arrived.push(visit)
  }

  shift(): Visit | undefined {
    if (this.#leaving.length === 0) {
      this.#leaving = this.#arrived.reverse()
      this.#arrived = []
    }
    return this.#leaving.pop()
  }
}

/** Puts it before the framework. Call it when all routes are there. */
export function addTurnstile(
  { server }: Pick<FastifyInstance, 'server'>,
  shedding: Shedding,
): void {
  const handlers = server.listeners('request') as ((...args: unknown[]) => void)[]
  server.removeAllListeners('request')
  const turnstile = new Turnstile(shedding, (request, response) => {
    for (const handle of handlers) handle.call(server, request, response)
  })
  server.on('request', (request, response) => turnstile.enter(request, response))
}
