import { setTimeout as delay } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Message, Posted, PosterSettings, Target } from './post.ts'
import type { ThreadAnswer, ThreadQuestion } from './post-thread.ts'
import type { Round, Told } from './round.ts'

interface Waiting {
  /** Never rejects. */
  readonly ended: Promise<unknown>
  readonly resolve: (told: Told) => void
  readonly reject: (error: Error) => void
}

const PROGRAM = new URL(`./post-thread${import.meta.url.slice(-3)}`, import.meta.url)
/** Moment that is given to what is being sent at the end; then it is cut off. */
const CLOSE_MS = 2_000

/**
 * The way to a thread that signs and sends events, started by the first of them. On the thread that
 * sells, each event took it some 150 µs.
 */
export class PostOffice {
  readonly #settings: PosterSettings
  readonly #waiting = new Map<number, Waiting>()
  #thread: Worker | null = null
  #number = 0
  #isClosed = false

  constructor(settings: PosterSettings) {
    this.#settings = settings
  }

  /** Sends events in order. Rejects when the thread dies; nothing is known then of what arrived. */
  round(round: Round): Promise<Told> {
    if (this.#isClosed) return Promise.reject(new Error('This server is closing.'))
    this.#thread ??= this.#open()
    const number = this.#number++
    const { promise, resolve, reject } = Promise.withResolvers<Told>()
    this.#waiting.set(number, { ended: promise.catch(() => {}), resolve, reject })
    this.#thread.postMessage({ number, round } satisfies ThreadQuestion)
    return promise
  }

  /** Sends a single event. */
  async post(target: Target, message: Message): Promise<Posted> {
    const { last, failure } = await this.round({ target, messages: [message], msMax: 0 })
    const posted = last ?? failure
    if (posted === null) throw new Error('This server is closing.')
    return posted
  }

  /** Finishes what is being sent, or hangs up when it takes too long. */
  async close(): Promise<void> {
    this.#isClosed = true
    const thread = this.#thread
    if (thread === null) return
    for (const question of ['finish', 'cut'] satisfies ThreadQuestion[]) {
      if (this.#waiting.size === 0) break
      thread.postMessage(question)
      await Promise.race([this.#untilEmpty(), delay(CLOSE_MS, undefined, { ref: false })])
    }
    await thread.terminate()
  }

  async #untilEmpty(): Promise<void> {
    const rounds = [...this.#waiting.values()].map(({ ended }) => ended)
    await Promise.all(rounds)
  }

  #open(): Worker {
    const { allowsLoopback, userAgent, timeoutMs } = this.#settings
    const workerData = { allowsLoopback, userAgent, ...(timeoutMs !== undefined && { timeoutMs }) }
    const thread = new Worker(PROGRAM, { workerData })
    // Who stops a server closes its sender; who forgets to should not have to wait for it.
    thread.unref()
    thread.on('message', ({ number, told }: ThreadAnswer) => {
      this.#waiting.get(number)?.resolve(told)
      this.#waiting.delete(number)
    })
    thread.on('error', (error) => this.#lose(thread, error as Error))
    thread.on('exit', () => this.#lose(thread, new Error('The thread that sends events ended.')))
    return thread
  }

  /** The next round gets another thread. */
  #lose(thread: Worker, error: Error): void {
    if (this.#thread !== thread) return
    this.#thread = null
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
