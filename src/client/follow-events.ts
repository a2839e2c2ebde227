import type { Event, EventPage } from '../protocol/index.ts'
import { backoffMs, type Clock } from './clock.ts'
import { isRetryable } from './refusal-of.ts'
import { RowlockError } from './rowlock-error.ts'

/** Event to begin after, and when to stop. */
export interface EventsOptions {
  /** The `after` of an event that you have handled, or a version. From the beginning without. */
  readonly after?: string
  /** Ends the iteration, with the signal’s reason. */
  readonly signal?: AbortSignal
  /** Ends when there is nothing more to tell, instead of waiting for what comes. */
  readonly untilNow?: boolean
}

/**
 * An event, and what to pass as `after` to go on later: nothing is left out, and some events may
 * come again, with the same `id`.
 */
export interface FollowedEvent {
  /** The event that happened. */
  readonly event: Event
  /** Pass it as `after` to go on behind this event. Undefined before the first place is known. */
  readonly after: string | undefined
}

const WAIT_SECONDS = 20
const EVENTS_AT_ONCE = 100
const BACKOFF = { firstMs: 500, maxMs: 15_000 }

/**
 * Events of a show as they happen, for ever, over lost connections. `load` asks for one page.
 * Throws what cannot be mended by asking again.
 */
export async function* followEvents(
  load: (query: { after?: string; wait: number; limit: number }) => Promise<EventPage>,
  clock: Clock,
  { after, signal = new AbortController().signal, untilNow = false }: EventsOptions,
): AsyncGenerator<FollowedEvent, void, void> {
  let failedCount = 0
  let place = after
  for (;;) {
    signal.throwIfAborted()
    try {
      const from = place === undefined ? {} : { after: place }
      const wait = untilNow ? 0 : WAIT_SECONDS
      const page = await load({ ...from, wait, limit: EVENTS_AT_ONCE })
      failedCount = 0
      for (const [index, event] of page.events.entries()) {
        yield { event, after: index === page.events.length - 1 ? page.after : place }
      }
      if (untilNow && page.events.length === 0) return
      place = page.after
    } catch (error) {
      if (!(error instanceof RowlockError) || !isRetryable(error.status)) throw error
      await clock.sleep(backoffMs(clock, failedCount, BACKOFF), signal)
      failedCount += 1
    }
  }
}
