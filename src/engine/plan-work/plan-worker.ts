import { Worker } from 'node:worker_threads'
import { Refusal } from '../../protocol/index.ts'
import { isSmall } from './is-small.ts'
import { doPlanTask, type PlanResults, type PlanTask } from './plan-task.ts'
import type { ThreadAnswer } from './plan-thread.ts'

/** How much work on plans is taken on. */
export interface PlanWorkSettings {
  /** Of one task, once it has begun. Shorter than the deadline of a request. */
  readonly taskMsMax: number
  /** From being asked for to its end. */
  readonly waitMsMax: number
  readonly memoryMbMax: number
  /** Tasks that may wait; each may have a file of 32 MB. */
  readonly queueMax: number
  /** A thread that nobody needs gives its memory back after this time. */
  readonly idleMsMax: number
}

const SETTINGS: PlanWorkSettings = {
  taskMsMax: 8_000,
  waitMsMax: 9_000,
  memoryMbMax: 1_024,
  queueMax: 4,
  idleMsMax: 30_000,
}

interface Waiting {
  readonly task: PlanTask
  readonly resolve: (result: PlanResults[PlanTask['kind']]) => void
  readonly reject: (error: Error) => void
  readonly giveUpAt: number
}

const THREAD = new URL(`./plan-thread${import.meta.url.slice(-3)}`, import.meta.url)

/**
 * Reads and writes plans on a thread of their own, one at a time, within bounds of time and memory:
 * a file of 33 MB took the serving thread seven seconds, while holds of others waited. What is
 * small is done at once, on the thread that asks.
 */
export class PlanWorker {
  readonly #settings: PlanWorkSettings
  readonly #queue: Waiting[] = []
  #thread: Worker | null = null
  #running: Waiting | null = null
  #taskTimer: NodeJS.Timeout | undefined
  #idleTimer: NodeJS.Timeout | undefined

  constructor(settings: Partial<PlanWorkSettings> = {}) {
    this.#settings = { ...SETTINGS, ...settings }
  }

  /**
   * Refusals: those of the task, `plan_invalid` for what takes too much memory, `busy` for what
   * takes too long, which a good plan does on a machine with much else to do, or when many wait.
   */
  async run<Kind extends PlanTask['kind']>(
    task: Extract<PlanTask, { kind: Kind }>,
  ): Promise<PlanResults[Kind]> {
    if (isSmall(task)) return doPlanTask(task) as PlanResults[Kind]
    if (this.#queue.length >= this.#settings.queueMax) throw busy()
    const { promise, resolve, reject } = Promise.withResolvers<PlanResults[PlanTask['kind']]>()
    const giveUpAt = performance.now() + this.#settings.waitMsMax
    this.#queue.push({ task, resolve, reject, giveUpAt })
    this.#next()
    return (await promise) as PlanResults[Kind]
  }

  /** Ends the thread; whoever waits is told `busy`. */
  async close(): Promise<void> {
    for (const { reject } of this.#queue.splice(0)) reject(busy())
    this.#settle((running) => running.reject(busy()))
    await this.#drop()
  }

  #next(): void {
    if (this.#running !== null) return
    const waiting = this.#queue.shift()
    if (waiting === undefined) {
      this.#rest()
      return
    }
    const leftMs = waiting.giveUpAt - performance.now()
    if (leftMs <= this.#settings.waitMsMax - this.#settings.taskMsMax) {
      waiting.reject(busy())
      this.#next()
      return
    }
    clearTimeout(this.#idleTimer)
    this.#running = waiting
    this.#taskTimer = setTimeout(
      () => this.#fail(tooSlow(this.#settings.taskMsMax)),
      Math.min(leftMs, this.#settings.taskMsMax),
    )
    this.#thread ??= this.#open()
    this.#thread.postMessage(waiting.task)
  }

  #open(): Worker {
    const resourceLimits = { maxOldGenerationSizeMb: this.#settings.memoryMbMax }
    const thread = new Worker(THREAD, { resourceLimits })
    thread.unref()
    thread.on('message', (answer: ThreadAnswer) => {
      if (this.#thread !== thread) return
      this.#settle(({ resolve, reject }) => {
        if ('code' in answer) reject(new Refusal(answer.code, answer.details))
        else resolve(answer.result)
      })
      this.#next()
    })
    thread.on('error', (error: NodeJS.ErrnoException) => {
      if (this.#thread !== thread) return
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      this.#fail(isMemory ? tooMuch('takes more memory than one may') : error)
    })
    return thread
  }

  #fail(error: Error): void {
    this.#settle(({ reject }) => reject(error))
    void this.#drop()
    this.#next()
  }

  #settle(how: (running: Waiting) => void): void {
    clearTimeout(this.#taskTimer)
    const running = this.#running
    this.#running = null
    if (running !== null) how(running)
  }

  #rest(): void {
    clearTimeout(this.#idleTimer)
    this.#idleTimer = setTimeout(() => void this.#drop(), this.#settings.idleMsMax)
    this.#idleTimer.unref()
  }

  async #drop(): Promise<void> {
    clearTimeout(this.#idleTimer)
    const thread = this.#thread
    this.#thread = null
    await thread?.terminate()
  }
}

function busy(): Refusal {
  return new Refusal('busy', {
    detail: 'Other seating plans are being read just now; nothing was done.',
    retryAfterSeconds: 5,
  })
}

function tooSlow(ms: number): Refusal {
  return new Refusal('busy', {
    detail:
      `The seating plan was not read within ${ms / 1000} seconds; nothing was done. Ask again ` +
      'when less is going on, or make it smaller.',
    retryAfterSeconds: 5,
  })
}

function tooMuch(what: string): Refusal {
  const message = `${what} to read`
  return new Refusal('plan_invalid', {
    detail: `The seating plan ${message}.`,
    mistakes: [{ path: '$', message }],
  })
}
