import { AsyncLocalStorage } from 'node:async_hooks'
import type { Trace } from './trace.ts'

/**
 * Instant by which the current request must be answered, in milliseconds of `performance.now()`.
 */
interface Deadline {
  at: number
  /** Trace of the request; null where nothing is traced. */
  readonly trace: Trace | null
}

const deadlines = new AsyncLocalStorage<Deadline>()
/** Leaves time to tell what was done, even if doing it has taken all the time there was. */
const TELLING_MS = 5_000

/**
 * Does some work with a deadline (in milliseconds of `performance.now()`), which everything that
 * it waits for keeps to: look-ups, lanes, calls. It goes with the asynchronous context, so that no
 * operation can forget to hand it on. So does the trace.
 */
export function withDeadline<Result>(
  deadlineAt: number,
  work: () => Result,
  trace: Trace | null = currentTrace(),
): Result {
  return deadlines.run({ at: deadlineAt, trace }, work)
}

/** The trace that what is being done belongs to; null where nothing is traced. */
export function currentTrace(): Trace | null {
  return deadlines.getStore()?.trace ?? null
}

/** The deadline of what is being done, which is not later than so many milliseconds from now. */
export function deadlineWithin(ms: number): number {
  const latest = performance.now() + ms
  const deadline = deadlines.getStore()
  return deadline === undefined ? latest : Math.min(deadline.at, latest)
}

/** Something was done: what is looked up for its answer gets some time, however late it is. */
export function leaveTimeToTell(): void {
  const deadline = deadlines.getStore()
  if (deadline) deadline.at = Math.max(deadline.at, performance.now() + TELLING_MS)
}

/** Does what others will share, so that it does not end with the deadline of who asked first. */
export function forOthersToo<Result>(work: () => Result): Result {
  return deadlines.exit(work)
}

/** Waits for something shared no longer than the deadline of who asks. */
export async function untilDeadline<Value>(
  shared: Promise<Value>,
  late: () => Error,
): Promise<Value> {
  const deadline = deadlines.getStore()
  if (deadline === undefined) return shared
  const over = Promise.withResolvers<never>()
  const timer = setTimeout(() => over.reject(late()), Math.max(0, deadline.at - performance.now()))
  try {
    return await Promise.race([shared, over.promise])
  } finally {
    clearTimeout(timer)
  }
}
