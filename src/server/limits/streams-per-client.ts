import { Refusal } from '../../protocol/index.ts'

/** Seconds after which somebody may have closed a tab. */
const RETRY_AFTER_SECONDS = 5

/** Counts the streams that each client has open here: each costs memory for as long as it lasts. */
export class StreamsPerClient {
  readonly #max: number
  readonly #open = new Map<string, number>()

  constructor(max: number) {
    this.#max = max
  }

  /**
   * Takes one; what is answered gives it back, once. Nobody counts those who have no name, as long
   * as nothing is limited. Refusal: `rate_limited`.
   */
  take(client: string): () => void {
    if (client === '') return () => {}
    const count = this.#open.get(client) ?? 0
    if (count >= this.#max) {
      throw new Refusal('rate_limited', {
        detail: `You have ${count} open streams on this server, the most that one client may have.`,
        limit: this.#max,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      })
    }
    this.#open.set(client, count + 1)
    let isTaken = true
    return () => {
      if (isTaken) this.#giveBack(client)
      isTaken = false
    }
  }

  #giveBack(client: string): void {
    const count = (this.#open.get(client) ?? 0) - 1
    if (count > 0) this.#open.set(client, count)
    else this.#open.delete(client)
  }
}
