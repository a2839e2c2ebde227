import type { Event } from '../../protocol/index.ts'
import type { TargetRules } from './target.ts'

/** URL to send to, and the secrets that sign what is sent. */
export interface Target {
  readonly url: string
  readonly secrets: readonly string[]
}

/** An event as it is sent: its id, and the text that is signed. */
export interface Message {
  readonly id: string
  readonly body: string
}

/** Makes the message of an event. */
export function messageOf(event: Event): Message {
  return { id: event.id, body: JSON.stringify(event) }
}

/** Answer of a receiver. Delivered means a status of 2xx. */
export interface Posted {
  readonly isDelivered: boolean
  readonly status: number | null
  readonly answer: string | null
  readonly error: string | null
  readonly tookMs: number
  readonly retryAfterMs: number
  /** 410: the receiver wants no more. */
  readonly isGone: boolean
}

/** Limits of a poster: its patience, and how much it reads. */
export interface PosterSettings extends TargetRules {
  readonly userAgent: string
  readonly timeoutMs?: number
}
