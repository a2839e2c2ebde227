import type pg from 'pg'
import { readDurability } from './durability.ts'

const WATCH_MS = 2_000

/** What a watch is told. */
export interface DurabilityWatchSettings {
  readonly onDurability?: (unsafe: readonly string[]) => void
  readonly watchDurabilityMs?: number
}

/**
 * Looks every two seconds whether a crash could lose what is answered: `fsync` and
 * `full_page_writes` change by a mere reload. What cannot be asked stays as it was last seen.
 */
export class DurabilityWatch {
  #unsafe: readonly string[] = []
  readonly #pool: pg.Pool
  readonly #tell: (unsafe: readonly string[]) => void
  readonly #timer: NodeJS.Timeout
  #isLooking = false

  constructor(pool: pg.Pool, { onDurability, watchDurabilityMs }: DurabilityWatchSettings) {
    this.#pool = pool
    this.#tell = onDurability ?? (() => {})
    this.#timer = setInterval(() => void this.#look(), watchDurabilityMs ?? WATCH_MS)
    this.#timer.unref()
  }

  get unsafe(): readonly string[] {
    return this.#unsafe
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #look(): Promise<void> {
    if (this.#isLooking || this.#pool.ending) return
    this.#isLooking = true
    try {
      const { unsafe } = await readDurability(this.#pool)
      const isNews = unsafe.join() !== this.#unsafe.join()
      this.#unsafe = unsafe
      if (isNews) this.#tell(unsafe)
    } catch {
      // Whether the database can be reached, others find out.
    } finally {
      this.#isLooking = false
    }
  }
}
