import { AsyncLocalStorage } from 'node:async_hooks'

/** When the request that is being answered has to be answered, in `performance.now()`. */
const deadlines = new AsyncLocalStorage<number>()

/**
 * Does some work with a deadline (in milliseconds of `performance.now()`), which everything that
 * it waits for keeps to: look-ups, lanes, calls. It goes with the asynchronous context, so that no
 * operation can forget to hand it on.
 */
export function withDeadline<Result>(deadlineAt: number, work: () => Result): Result {
  return deadlines.run(deadlineAt, work)
}

/** The deadline of what is being done, which is not later than so many milliseconds from now. */
export function deadlineWithin(ms: number): number {
  const latest = performance.now() + ms
  const deadline = deadlines.getStore()
  return deadline === undefined ? latest : Math.min(deadline, latest)
}

/** Does what others will share, so that it does not end with the deadline of who asked first. */
export function forOthersToo<Result>(work: () => Result): Result {
  return deadlines.exit(work)
}

/** What others share, but waited for no longer than the deadline of who asks. */
export async function untilDeadline<Value>(
  shared: Promise<Value>,
  late: () => Error,
): Promise<Value> {
  const deadline = deadlines.getStore()
  if (deadline === undefined) return shared
  const over = Promise.withResolvers<never>()
  const timer = setTimeout(() => over.reject(late()), Math.max(0, deadline - performance.now()))
  try {
    return await Promise.race([shared, over.promise])
  } finally {
    clearTimeout(timer)
  }
}
