import type { MapSettings } from '../map-settings.ts'

/**
 * The id of the hold for as long as the tab is open, so that a page that is loaded anew has it
 * still. Only where the page asks for it (`remember`): the id is the key to the hold.
 */
export class HoldMemory {
  readonly #key: string | null

  constructor({ remembers, server, show }: MapSettings) {
    this.#key = remembers ? `rowlock-hold ${server}/${show}` : null
  }

  keep(id: string): void {
    this.#try((key) => sessionStorage.setItem(key, id))
  }

  forget(): void {
    this.#try((key) => sessionStorage.removeItem(key))
  }

  /** Takes the hold over again, if there is one and it lives. */
  async restore(resume: (id: string) => Promise<unknown>): Promise<void> {
    const id = this.#try((key) => sessionStorage.getItem(key)) ?? null
    if (id !== null) await resume(id).catch(() => this.forget())
  }

  /** Storage may be switched off, or full: then a hold is forgotten, and ends by itself. */
  #try<Value>(act: (key: string) => Value): Value | undefined {
    if (this.#key === null) return undefined
    try {
      return act(this.#key)
    } catch {
      return undefined
    }
  }
}
