import { setTimeout as delay } from 'node:timers/promises'
import { chainOf, type Entry, type FollowedLine, type PageAsked } from '../history/history.ts'
import { EXPIRED } from '../judge/event-rules.ts'
import { isBegunBy, pageOf } from '../judge/feed-rules.ts'
import { Timeline } from '../judge/timeline.ts'
import type { Ask, Caller, Recorder } from './recorder.ts'

/** Number of events that a page may have. */
export const PAGE_LIMIT_MAX = 1000
const WAIT_SECONDS = 2
const PAUSE_MS = 200

/** Asks for a page of the event feed. */
export function askForEvents(caller: Caller, show: string, page: PageAsked): Ask {
  const after = page.after === null ? '' : `&after=${encodeURIComponent(page.after)}`
  const path = `/v1/shows/${show}/events?limit=${page.limit}&wait=${page.wait}${after}`
  const about = { show, target: null, key: null, body: null }
  return { caller, operation: 'listEvents', method: 'GET', path, ...about, page }
}

/** Reads all events of a show, page after page, as a system that would rather poll does. */
export class EventFollower {
  readonly #recorder: Recorder
  readonly #caller: Caller
  readonly #show: string
  readonly #attempts: number[] = []
  /** Holds that were told to be over. */
  readonly #over = new Set<string>()
  readonly #ended: Promise<void>
  #version = 0
  #isClosed = false

  constructor(recorder: Recorder, caller: Caller, show: string) {
    this.#recorder = recorder
    this.#caller = caller
    this.#show = show
    this.#ended = this.#follow()
  }

  /** Tells whether it read to the end of a journal, and of every end that it may know of. */
  hasAll(entries: readonly Entry[]): boolean {
    if (this.#version < (entries.at(-1)?.version ?? 0)) return false
    const timeline = new Timeline(entries)
    return timeline.leftHolds.every(({ chain }) => {
      const isOwn =
        this.#caller.isStaff || isBegunBy({ timeline }, String(chain), this.#caller.name)
      return !isOwn || this.#over.has(String(chain))
    })
  }

  /** Reads no further. */
  async close(): Promise<FollowedLine> {
    this.#isClosed = true
    await this.#ended
    const caller = this.#caller.name
    return { line: 'followed', show: this.#show, caller, attempts: this.#attempts }
  }

  async #follow(): Promise<void> {
    let after: string | null = null
    for (let no = 0; !this.#isClosed; no++) {
      const asked = { after, limit: PAGE_LIMIT_MAX, wait: WAIT_SECONDS }
      const ask = askForEvents(this.#caller, this.#show, asked)
      const attempt = await this.#recorder.attempt(ask, no % this.#recorder.wires.length)
      const page = pageOf(attempt)
      if (page === null) {
        await delay(PAUSE_MS)
        continue
      }
      this.#attempts.push(attempt.no)
      this.#version = page.end
      after = String(attempt.answer?.after)
      for (const { type, data } of page.events) {
        if (type === EXPIRED) this.#over.add(chainOf(String(data.id)))
      }
    }
  }
}
