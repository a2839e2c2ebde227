import type { Figures } from '../../../server/index.ts'

/** Time after which a worker that has not answered is left out: it may be about to end. */
const WAIT_MS = 1_000

/** Asks all workers for their figures, and waits for those that tell. */
export class Gathering {
  readonly #open = new Map<number, { waitsFor: number; told: Figures[]; end: () => void }>()
  #lastId = 0

  /** `ask` is called with a number that each of so many answers has to carry. */
  gather(count: number, ask: (id: number) => void): Promise<readonly Figures[]> {
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((resolve) => {
      const told: Figures[] = []
      const end = () => {
        clearTimeout(timer)
        this.#open.delete(id)
        resolve(told)
      }
      const timer = setTimeout(end, WAIT_MS)
      this.#open.set(id, { waitsFor: count, told, end })
      ask(id)
    })
  }

  /** Takes a worker's answer; ignored when nobody waits for it any more. */
  tell(id: number, figures: Figures): void {
    const open = this.#open.get(id)
    if (open === undefined) return
    open.told.push(figures)
    if (open.told.length === open.waitsFor) open.end()
  }
}
