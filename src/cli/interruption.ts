import { EXIT_CODES } from './exit-codes.ts'

/** A signal ended a command before it was done. */
export class Interruption extends Error {
  override readonly name = 'Interruption'
  readonly signal: NodeJS.Signals

  constructor(signal: NodeJS.Signals) {
    super(`ended by ${signal}`)
    this.signal = signal
  }
}

/** The signals by which people and supervisors end a process. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * npm passes Ctrl-C on to a process that the terminal has told already, so what comes this soon is
 * the same signal.
 */
const SAME_MS = 500

/**
 * Calls `listen` at the first signal and again at each later one, with how many there were. Left to
 * Node, a signal would end the process, and leave an embedded PostgreSQL behind.
 */
export function onSignals(listen: (signal: NodeJS.Signals, count: number) => void): void {
  let count = 0
  let lastAt = Number.NEGATIVE_INFINITY
  const hear = (signal: NodeJS.Signals) => {
    const now = performance.now()
    if (now - lastAt < SAME_MS) return
    lastAt = now
    count += 1
    listen(signal, count)
  }
  for (const signal of SIGNALS) process.on(signal, hear)
  onOrphaned(() => hear('SIGTERM'))
}

const LOOK_FOR_PARENT_MS = 250

/**
 * npm runs scripts through a shell, to which it passes a signal on; the shell ends of it, and tells
 * its child nothing. So who was started by npm ends with whoever stood between.
 */
function onOrphaned(end: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    end()
  }, LOOK_FOR_PARENT_MS)
  timer.unref()
}

/** Turns the first signal into an `Interruption` of whatever work runs then or comes next. */
export function watchSignals(): { race<T>(work: () => Promise<T>): Promise<T> } {
  let interrupt: (interruption: Interruption) => void = () => {}
  const interrupted = new Promise<never>((_resolve, reject) => {
    interrupt = reject
  })
  interrupted.catch(() => {})
  onSignals((signal, count) => {
    // Cleaning up may take a while; who insists does not get it.
    if (count > 1) process.exit(endingOf(signal))
    interrupt(new Interruption(signal))
  })
  return { race: (work) => Promise.race([interrupted, work()]) }
}

function endingOf(signal: NodeJS.Signals): number {
  return EXIT_CODES[signal === 'SIGINT' ? 'interrupted' : 'terminated'].code
}
