import cluster, { type Worker } from 'node:cluster'
import type { Logger } from 'pino'
import type { Readiness } from '../banner.ts'
import { Gathering } from './gathering.ts'
import type { FromWorker, ToWorker, WorkerTask } from './messages.ts'

const PAUSE_MS_MIN = 100
const PAUSE_MS_MAX = 10_000
/** Lifetime after which a worker did not end because of how it began. */
const LIVED_MS = 60_000

/** A worker ended before it was ready; it has said why on standard error. */
export class WorkerEnded extends Error {
  override readonly name = 'WorkerEnded'
  readonly exitCode: number

  constructor(exitCode: number) {
    super(`a worker ended with ${exitCode}`)
    this.exitCode = exitCode
  }
}

/** Milliseconds before a worker's place is taken that has ended so many times in a row. */
export function pauseAfter(endings: number): number {
  return Math.min(PAUSE_MS_MAX, PAUSE_MS_MIN * 2 ** Math.max(0, endings - 1))
}

/** Server processes behind one port. Whoever ends is replaced, until the crew is closed. */
export class Crew {
  readonly #taskOf: (number: number, isFirst: boolean) => WorkerTask
  readonly #logger: Logger
  readonly #workers = new Map<number, Worker>()
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #gathering = new Gathering()
  #isClosing = false
  #isClean = true
  #whenEmpty: (() => void) | null = null

  constructor(taskOf: (number: number, isFirst: boolean) => WorkerTask, logger: Logger) {
    this.#taskOf = taskOf
    this.#logger = logger
    cluster.setupPrimary({ serialization: 'advanced' })
  }

  /** Starts them one after the other; the first loads what is to be loaded once. */
  async start(count: number): Promise<Omit<Readiness, 'development'>> {
    const first = await this.#begin(1, true)
    for (let number = 2; number <= count && !this.#isClosing; number++) {
      await this.#begin(number, false)
    }
    return first
  }

  /** Has all of them stop as `serve` does at a signal, and waits. Rejects if any was cut off. */
  async close(): Promise<void> {
    this.#isClosing = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.signal('SIGTERM')
    if (this.#workers.size > 0) {
      await new Promise<void>((resolve) => {
        this.#whenEmpty = resolve
      })
    }
    if (!this.#isClean) throw new Error('a worker did not finish in time')
  }

  signal(signal: NodeJS.Signals): void {
    for (const worker of this.#workers.values()) worker.process.kill(signal)
  }

  /** Resolves when the worker is ready. Rejects with `WorkerEnded`. */
  #begin(number: number, isFirst: boolean, endings = 0): Promise<Omit<Readiness, 'development'>> {
    const worker = cluster.fork()
    const beganAt = performance.now()
    this.#workers.set(number, worker)
    return new Promise((resolve, reject) => {
      let isReady = false
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'here') {
          send(worker, { kind: 'task', task: this.#taskOf(number, isFirst) })
        } else if (message.kind === 'ready') {
          isReady = true
          resolve(message.readiness)
        } else this.#hear(worker, message)
      })
      worker.on('exit', (code, signal) => {
        this.#workers.delete(number)
        this.#ended(code)
        reject(new WorkerEnded(code ?? 1))
        if (this.#isClosing || (!isReady && endings === 0)) return
        this.#logger.error({ worker: number, code, signal }, 'a worker ended; it is replaced')
        this.#replaceSoon(number, performance.now() - beganAt < LIVED_MS ? endings + 1 : 1)
      })
    })
  }

  #replaceSoon(number: number, endings: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#begin(number, false, endings).then(
        () =>
          this.#logger.info({ worker: number }, 'a worker serves in the place of one that ended'),
        () => {},
      )
    }, pauseAfter(endings))
    this.#timers.add(timer)
  }

  #ended(code: number | null): void {
    if (!this.#isClosing) return
    if (code !== 0) this.#isClean = false
    if (this.#workers.size === 0) this.#whenEmpty?.()
  }

  #hear(worker: Worker, message: FromWorker): void {
    if (message.kind === 'figures') this.#gathering.tell(message.id, message.figures)
    if (message.kind !== 'gather') return
    const all = [...this.#workers.values()].filter((one) => one.isConnected())
    const ask = (id: number) => {
      for (const one of all) send(one, { kind: 'tell', id })
    }
    void this.#gathering.gather(all.length, ask).then((figures) => {
      send(worker, { kind: 'gathered', id: message.id, figures })
    })
  }
}

/** To one that has gone nothing can be said. */
function send(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => {})
}
