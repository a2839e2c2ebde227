/** Counts of a server since it started. */
export interface Counted {
  readonly requests: number
  readonly engine: { readonly commands: number }
}

const KEPT_MAX = 300
/** A longer silence is a gap: nobody knows what happened in it. */
const GAP_MS = 7_000

/** Rates at which counters grow, from looking at them again and again. */
export class Rates {
  readonly #times: number[] = []
  readonly #requests: (number | null)[] = []
  readonly #commands: (number | null)[] = []
  #last: { atMs: number; requests: number; commands: number } | null = null

  /**
   * Takes in what was counted at a time in milliseconds since 1970. A restart, or a silence, leaves
   * a gap: a line through it would be invented.
   */
  add({ requests, engine: { commands } }: Counted, atMs: number): void {
    const last = this.#last
    this.#last = { atMs, requests, commands }
    if (last === null || atMs <= last.atMs) return
    if (requests < last.requests || atMs - last.atMs > GAP_MS) {
      this.#push((atMs + last.atMs) / 2000, null, null)
      return
    }
    const seconds = (atMs - last.atMs) / 1000
    const per = (now: number, before: number) => (now - before) / seconds
    this.#push(atMs / 1000, per(requests, last.requests), per(commands, last.commands))
  }

  #push(time: number, requests: number | null, commands: number | null): void {
    this.#times.push(time)
    this.#requests.push(requests)
    this.#commands.push(commands)
    for (const column of [this.#times, this.#requests, this.#commands]) {
      if (column.length > KEPT_MAX) column.shift()
    }
  }

  /**
   * Times in seconds, requests and commands per second, null where nothing is known: copies, which
   * later looks do not touch.
   */
  columns(): [number[], (number | null)[], (number | null)[]] {
    return [[...this.#times], [...this.#requests], [...this.#commands]]
  }
}
