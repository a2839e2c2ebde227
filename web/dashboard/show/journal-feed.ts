import { type ReadonlySignal, signal } from '@preact/signals'
import { type Client, RowlockError } from '../../../src/client/index.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { Ledger } from './ledger.ts'

/** State of reading the journal. */
export interface JournalState {
  /** Replaced by itself whenever there is more in it: compare `version`. */
  readonly ledger: Ledger
  readonly version: number
  /** The version up to which it was there at the start; null until all of that is read. */
  readonly startVersion: number | null
  readonly error: unknown
}

const RETRY_MS = 3_000

/** The journal of a show, read from its beginning and followed. For operators only. */
export class JournalFeed {
  readonly #client: Client
  readonly #show: string
  readonly #end = new AbortController()
  readonly #ledger = new Ledger()
  readonly #state = signal<JournalState>({
    ledger: this.#ledger,
    version: 0,
    startVersion: null,
    error: null,
  })
  #wanted = 0
  #isReading = false
  /** Nobody is signed in just now: asking again would only be refused again. */
  #isRefused = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(client: Client, show: string) {
    this.#client = client
    this.#show = show
    this.readTo(1)
  }

  get state(): ReadonlySignal<JournalState> {
    return this.#state
  }

  /** Reads on, because the show is at this version now. */
  readTo(version: number): void {
    this.#wanted = Math.max(this.#wanted, version)
    const isBehind = this.#ledger.version < this.#wanted || this.#state.peek().startVersion === null
    if (this.#isRefused) return
    if (!this.#isReading && isBehind && !this.#end.signal.aborted) void this.#read()
  }

  /** Reads on after somebody has signed in again. */
  goOn(): void {
    if (!this.#isRefused) return
    this.#isRefused = false
    this.readTo(this.#wanted)
  }

  close(): void {
    this.#end.abort()
    clearTimeout(this.#timer)
  }

  async #read(): Promise<void> {
    this.#isReading = true
    clearTimeout(this.#timer)
    try {
      let isBehind = true
      while (isBehind) {
        const wanted = this.#wanted
        const readCount = await this.#readPage()
        // What was written while the page was under way may be missing in it, but not in the next.
        const mayHaveMore = readCount > 0 || this.#wanted > wanted
        isBehind = mayHaveMore && this.#ledger.version < this.#wanted
      }
    } catch (error) {
      if (!this.#end.signal.aborted) this.#fail(error)
    }
    this.#isReading = false
  }

  /** Answers how many entries there were. */
  async #readPage(): Promise<number> {
    const { signal } = this.#end
    const query = { after: this.#ledger.version, limit: LIMITS.pageLimitMax }
    const { items, next } = await this.#client.listJournal(this.#show, query, { signal })
    for (const entry of items) this.#ledger.add(entry)
    if (next !== null) this.#wanted = Math.max(this.#wanted, this.#ledger.version + 1)
    const startVersion = this.#state.peek().startVersion
    const isWhole = startVersion !== null || next === null
    this.#say({
      startVersion: isWhole ? (startVersion ?? this.#ledger.version) : null,
      error: null,
    })
    return items.length
  }

  #fail(error: unknown): void {
    this.#isRefused = error instanceof RowlockError && error.status === 401
    if (this.#isRefused) return
    this.#say({ error })
    this.#timer = setTimeout(() => this.readTo(this.#wanted), RETRY_MS)
  }

  #say(change: Partial<JournalState>): void {
    const version = this.#ledger.version
    this.#state.value = { ...this.#state.peek(), ledger: this.#ledger, version, ...change }
  }
}
