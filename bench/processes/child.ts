import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** Reply of a child to each question. */
interface Reply {
  readonly value?: unknown
  readonly error?: string
}

/** A process of ours that answers one question at a time. */
export class Child {
  readonly #process: ChildProcess
  #isAsked = false

  /** `file` calls `answerParent`. `execArgv` are flags of node. */
  constructor(file: URL, execArgv: readonly string[] = []) {
    this.#process = fork(file, { execArgv: [...execArgv], serialization: 'advanced' })
  }

  get pid(): number {
    return this.#process.pid as number
  }

  /** Rejects with what the child threw, or when it ends before it answers. */
  async ask<Value>(question: unknown): Promise<Value> {
    if (this.#isAsked) throw new Error('the child is busy with another question')
    this.#isAsked = true
    const stop = new AbortController()
    try {
      const ended = once(this.#process, 'exit', { signal: stop.signal }).then(() => {
        throw new Error('the child ended')
      })
      const answered = once(this.#process, 'message', { signal: stop.signal })
      this.#process.send(question as object)
      const [reply] = (await Promise.race([answered, ended])) as [Reply]
      if (reply.error !== undefined) throw new Error(reply.error)
      return reply.value as Value
    } finally {
      stop.abort()
      this.#isAsked = false
    }
  }

  /** `kill -9`; resolves when it is gone. */
  async kill(): Promise<void> {
    const ended = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await ended
  }

  /** Lets it finish by itself: it ends when its parent lets go. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const ended = once(this.#process, 'exit')
    if (this.#process.connected) this.#process.disconnect()
    await ended
  }
}

/** The other side: answers the parent's questions, and calls `close` when it lets go. */
export function answerParent<Question>(
  answer: (question: Question) => Promise<unknown>,
  close: () => Promise<void> = async () => {},
): void {
  process.on('message', (question: Question) => {
    answer(question).then(
      (value) => process.send?.({ value }),
      (error: unknown) => {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
        process.send?.({ error: text })
      },
    )
  })
  process.once('disconnect', () => {
    close().finally(() => process.exit())
  })
}
