import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Refusal } from '../../protocol/index.ts'
import { isSmall } from './is-small.ts'
import type { PlanAnswer } from './plan-process.ts'
import { doPlanTask, type PlanResults, type PlanTask } from './plan-task.ts'

/** Bounds of the work on plans. */
export interface PlanWorkSettings {
  /** Milliseconds of one task, once it has begun. Shorter than the deadline of a request. */
  readonly taskMsMax: number
  /** From being asked for to its end. */
  readonly waitMsMax: number
  readonly memoryMbMax: number
  /** Tasks that may wait; each may have a file of 32 MB. */
  readonly queueMax: number
  /** A process that nobody needs ends, and gives its memory back, after this time. */
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

const PROGRAM = new URL(`./plan-process${import.meta.url.slice(-3)}`, import.meta.url)
/** Signs of a process without memory left that V8 ends, or the kernel of the machine. */
const OUT_OF_MEMORY: ReadonlySet<unknown> = new Set([
  ...['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGKILL'],
  ...[133, 134],
])

/**
 * Reads and writes plans in a process of their own, one at a time, within bounds of time and
 * memory: a file of 33 MB took the serving thread seven seconds, while holds of others waited. A
 * thread would not do: one whose memory ends inside of `JSON.parse` takes the whole process along.
 * What is small is done at once, on the thread that asks.
 */
export class PlanWorker {
  readonly #settings: PlanWorkSettings
  readonly #queue: Waiting[] = []
  #child: ChildProcess | null = null
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

  /** Ends the process; whoever waits is told `busy`. */
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
    this.#child ??= this.#open()
    // Whoever cannot be written to has ended, and `exit` tells.
    this.#child.send(waiting.task, () => undefined)
  }

  #open(): ChildProcess {
    const child = fork(PROGRAM, {
      execArgv: [`--max-old-space-size=${this.#settings.memoryMbMax}`],
      // It reads what strangers wrote: it has no business with what the server's secrets are.
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child.unref()
    child.channel?.unref()
    child.on('message', (answer: PlanAnswer) => {
      if (this.#child !== child) return
      this.#settle(({ resolve, reject }) => {
        if ('result' in answer) resolve(answer.result)
        else reject(errorOf(answer))
      })
      this.#next()
    })
    child.on('error', (error) => {
      if (this.#child === child) this.#fail(error)
    })
    child.on('exit', (code, signal) => {
      if (this.#child === child) this.#fail(errorOfEnd(code, signal))
    })
    return child
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

  /** Nothing of it is worth waiting for: what it works on is settled, and it keeps nothing. */
  async #drop(): Promise<void> {
    clearTimeout(this.#idleTimer)
    const child = this.#child
    this.#child = null
    const isRunning = child?.pid !== undefined && child.exitCode === null
    if (child === null || !isRunning || child.signalCode !== null) return
    child.ref()
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
}

function errorOf(answer: Exclude<PlanAnswer, { result: unknown }>): Error {
  if ('code' in answer) return new Refusal(answer.code, answer.details)
  return new Error(`Work on a plan failed: ${answer.fault}`)
}

function errorOfEnd(code: number | null, signal: NodeJS.Signals | null): Error {
  if (OUT_OF_MEMORY.has(signal ?? code)) return tooMuch('takes more memory than one may')
  return new Error(`The process that works on plans ended with ${signal ?? code}.`)
}

function busy(): Refusal {
  return new Refusal('busy', {
    detail: 'Other seating plans are being processed right now; nothing was done.',
    retryAfterSeconds: 5,
  })
}

function tooSlow(ms: number): Refusal {
  return new Refusal('busy', {
    detail:
      `Reading the seating plan took over ${ms / 1000} seconds; nothing was done. Try again ` +
      'when the server is less busy, or make the plan smaller.',
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
