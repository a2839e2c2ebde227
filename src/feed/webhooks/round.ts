import type { Message, Posted, Target } from './post.ts'
import type { Poster } from './poster.ts'

/** Events for one target, to be sent one after the other. */
export interface Round {
  readonly target: Target
  readonly messages: readonly Message[]
  /** No further event is begun after so many milliseconds, but the first always is. */
  readonly msMax: number
}

/** Outcome of a round. */
export interface Told {
  /** So many of its events arrived, from the first on. */
  readonly delivered: number
  /** Answer to the last that arrived. */
  readonly last: Posted | null
  /** Instants at which they arrived, in milliseconds since 1970. */
  readonly arrivedAt: readonly number[]
  /** Answer to the next one, if that was sent in vain. */
  readonly failure: Posted | null
}

/**
 * Sends the events of a round in order, each when the one before has been answered, until one
 * fails, time is up, or `isOver`. What is cut off by the end of this server has not failed.
 */
export async function goRound(
  poster: Poster,
  { target, messages, msMax }: Round,
  isOver: () => boolean,
): Promise<Told> {
  const endAt = performance.now() + msMax
  const arrivedAt: number[] = []
  let last: Posted | null = null
  for (const message of messages) {
    if (isOver() || (last !== null && performance.now() > endAt)) break
    const posted = await poster.post(target, message)
    if (!posted.isDelivered) {
      const failure = isOver() && posted.status === null ? null : posted
      return { delivered: arrivedAt.length, last, arrivedAt, failure }
    }
    last = posted
    arrivedAt.push(Date.now())
  }
  return { delivered: arrivedAt.length, last, arrivedAt, failure: null }
}
