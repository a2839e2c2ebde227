import { Refusal } from '../../protocol/index.ts'

interface Reader {
  running: number
  readonly waiting: (() => void)[]
}

/** Requests of one client that may wait for its share. */
const WAITING_MAX = 50
/** Seconds after which some of them are answered. */
const RETRY_AFTER_SECONDS = 1

/**
 * A share of the read pool for each client: whoever asks for much that takes long waits for what it
 * asked for before, and not everybody else for a connection.
 */
export class ReadsPerClient {
  readonly #max: number
  readonly #readers = new Map<string, Reader>()

  constructor(max: number) {
    this.#max = max
  }

  /** Does it when the client's turn comes. Refusal: `rate_limited` when too many wait already. */
  async run<Value>(client: string, read: () => Promise<Value> | Value): Promise<Value> {
    const reader = this.#readers.get(client) ?? { running: 0, waiting: [] }
    this.#readers.set(client, reader)
    if (reader.running < this.#max) reader.running += 1
    else await this.#turn(reader)
    try {
      return await read()
    } finally {
      const next = reader.waiting.shift()
      // The place goes on to who waits; it is not free in between.
      if (next !== undefined) next()
      else if (--reader.running === 0) this.#readers.delete(client)
    }
  }

  #turn(reader: Reader): Promise<void> {
    if (reader.waiting.length >= WAITING_MAX) throw tooMany(reader)
    const { promise, resolve } = Promise.withResolvers<void>()
    reader.waiting.push(resolve)
    return promise
  }
}

function tooMany({ running, waiting }: Reader): Refusal {
  return new Refusal('rate_limited', {
    detail: `${running + waiting.length} of your requests are still being answered: wait for them.`,
    limit: running,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  })
}
