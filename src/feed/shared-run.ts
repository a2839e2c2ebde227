/**
 * Lets everybody who asks while a run is under way share the *next* one, which begins after all of
 * them have asked: what they get reflects everything that had happened when they asked.
 */
export class SharedRun {
  readonly #work: () => Promise<void>
  #running: Promise<void> | null = null
  #waiting: Promise<void> | null = null

  constructor(work: () => Promise<void>) {
    this.#work = work
  }

  /** Rejects as the work does. */
  run(): Promise<void> {
    if (this.#waiting) return this.#waiting
    if (!this.#running) return this.#begin()
    const next = () => this.#begin()
    this.#waiting = this.#running.then(next, next)
    return this.#waiting
  }

  #begin(): Promise<void> {
    this.#waiting = null
    this.#running = this.#work().finally(() => {
      this.#running = null
    })
    return this.#running
  }
}
