import type { PlanFile } from '../engine.ts'
import { Lru } from '../lru.ts'

/** Compressed bytes of all files that are kept: some forty of 80,000 seats. */
const BYTES_MAX = 64_000_000

/** Files that were made of plans. What a name stands for never changes, so it may be kept. */
export class PlanFiles {
  readonly #files = new Lru<string, PlanFile>(BYTES_MAX, ({ gzip }) => gzip.length + 200)
  readonly #making = new Map<string, Promise<PlanFile>>()

  /** Gets a file, or makes it; callers who ask while it is being made share the making. */
  get(name: string, make: () => Promise<PlanFile>): Promise<PlanFile> {
    const kept = this.#files.get(name)
    if (kept !== undefined) return Promise.resolve(kept)
    const making = this.#making.get(name) ?? this.#make(name, make)
    this.#making.set(name, making)
    return making
  }

  async #make(name: string, make: () => Promise<PlanFile>): Promise<PlanFile> {
    try {
      const file = await make()
      this.#files.set(name, file)
      return file
    } finally {
      this.#making.delete(name)
    }
  }
}
