import type { Json, StreamEvent } from '../history/history.ts'
import { lettersAt } from './read-rules.ts'
import type { ShowCase } from './show-case.ts'

/**
 * Judges whether what listeners were told adds up, after every event, to the replay of its version.
 */
export function judgeStreams(one: ShowCase, events: readonly StreamEvent[]): number {
  let count = 0
  for (const heard of Map.groupBy(events, ({ stream }) => stream).values()) {
    const listener = new Listener(one)
    for (const event of heard) listener.hear(event)
    count += heard.length
  }
  return count
}

/** Judges whether the listener of a show had heard of everything when all was over. */
export function judgeHeard({ show, timeline, findings }: ShowCase, version: number | null): void {
  if (version === null || version >= timeline.last) return
  const detail = `the listener heard of version ${version}, and the last is ${timeline.last}`
  findings.add('stream out of order', show.key, detail)
}

/** One listener, and what it believes. */
class Listener {
  readonly #one: ShowCase
  #version = -1
  #asOf = Number.NEGATIVE_INFINITY
  #letters: string[] = []

  constructor(one: ShowCase) {
    this.#one = one
  }

  hear({ event, data, stream }: StreamEvent): void {
    const version = Number(data.version)
    const asOf = Date.parse(String(data.asOf))
    const say = (rule: 'stream out of order' | 'stream differs from its version', detail: string) =>
      this.#one.findings.add(rule, this.#one.show.key, `stream ${stream}: ${detail}`)
    const ranBack = asOf < this.#asOf && !this.#one.clock.hasJumped
    if (version < this.#version || ranBack) {
      say('stream out of order', `version ${version} after ${this.#version}`)
    }
    this.#version = version
    this.#asOf = asOf
    if (event === 'snapshot') this.#letters = [...String(data.statuses)]
    else this.#apply(data)
    const replayed = lettersAt(this.#one, version, asOf)
    const told = this.#letters.join('')
    if (told !== replayed) {
      say('stream differs from its version', `version ${version} is ${replayed}, not ${told}`)
      this.#letters = [...replayed]
    }
  }

  #apply(data: StreamEvent['data']): void {
    for (const change of list(data.changes)) {
      const [seat, letter] = change as readonly [number, string]
      this.#letters[seat] = letter
    }
    if (data.holds === undefined) return
    const held = new Set(list(data.holds).map((hold) => (hold as readonly Json[])[0]))
    this.#letters = this.#letters.map((letter, seat) => {
      if (held.has(seat)) return 'h'
      return letter === 'h' ? 'a' : letter
    })
  }
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}
