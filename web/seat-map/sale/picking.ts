import type { ShowView } from '../../../src/client/index.ts'
import { LOOKS } from '../drawing/looks.ts'
import { findSeat, type House, seatNoOf } from '../house/house.ts'
import type { Texts } from '../texts.ts'
import { Choice } from './choice.ts'

/** Facts that picking depends on, as they are just now. */
export interface PickingFacts {
  readonly house: House | null
  readonly view: ShowView | null
  readonly texts: Texts
  readonly isView: boolean
  readonly picksAny: boolean
  /** Seats and places that one person may have at once. */
  readonly max: number
  /** Nothing is picked while it is not known yet what is held. */
  readonly isWaiting: boolean
  name(seatNo: number): string
  free(section: number): number
}

/** Events that picking tells. */
export interface PickingEvents {
  /** `seatNo` is the seat it was about; `lost` are seats that somebody else has taken. */
  onChange(seatNo: number | null, lost: readonly number[]): void
  /** Something a person should read, because what they did had no effect. */
  /** `isMistake`: as a warning; else as plain news. */
  onRefused(text: string, isMistake: boolean): void
  say(text: string): void
}

/** Knows which seats may be picked, and which are. */
export class Picking {
  readonly choice = new Choice()
  /** Seats of this map's hold. */
  own: ReadonlySet<number> = new Set()
  readonly #facts: () => PickingFacts
  readonly #events: PickingEvents

  constructor(facts: () => PickingFacts, events: PickingEvents) {
    this.#facts = facts
    this.#events = events
  }

  /** Tells whether a pick of the seat would have an effect. */
  isOpen(seatNo: number): boolean {
    const { isView, picksAny, view } = this.#facts()
    if (isView) return false
    return picksAny || this.own.has(seatNo) || (view?.codes[seatNo] ?? 0) === LOOKS.available
  }

  /** Picks a seat, or no longer. */
  toggle(seatNo: number): void {
    const { house, texts, isView, name } = this.#facts()
    if (house === null || isView) return
    const { choice } = this
    const refusal = choice.seats.has(seatNo) ? null : this.#refusalOf(seatNo)
    if (refusal !== null) {
      this.#events.onRefused(refusal, !this.#facts().isWaiting)
      return
    }
    const wasPicked = choice.seats.delete(seatNo)
    if (!wasPicked) choice.seats.add(seatNo)
    const words = wasPicked ? texts.unpickedSeat : texts.pickedSeat
    this.#events.say(words(name(seatNo), choice.count))
    this.#events.onChange(seatNo, [])
  }

  /** Sentence on why a seat cannot be picked just now, or null. */
  #refusalOf(seatNo: number): string | null {
    const { texts, max, isWaiting, view, name } = this.#facts()
    if (isWaiting) return texts.oneMoment
    const status = view?.statusOf(seatNo) ?? 'available'
    if (!this.isOpen(seatNo)) return texts.cannotPick(name(seatNo), status)
    return this.choice.count + this.own.size >= max ? texts.atMost(max) : null
  }

  /** Sets how many places of a section are picked. */
  setPlaces(section: number, wanted: number): void {
    const { house, texts, max, isView, isWaiting, free } = this.#facts()
    if (house === null || isView) return
    if (isWaiting) {
      this.#events.onRefused(texts.oneMoment, false)
      return
    }
    const before = this.choice.places.get(section) ?? 0
    const room = max - this.own.size
    const quantity = this.choice.setPlaces(section, wanted, free(section), room)
    const name = house.map.sections[section]?.name ?? ''
    if (quantity < wanted && quantity === before) {
      const isFull = free(section) <= quantity
      this.#events.onRefused(isFull ? texts.noMorePlaces(name) : texts.atMost(max), true)
      return
    }
    this.#events.say(texts.pickedSeat(`${name} ${quantity}`, this.choice.count))
    this.#events.onChange(null, [])
  }

  addPlace(section: number): void {
    this.setPlaces(section, (this.choice.places.get(section) ?? 0) + 1)
  }

  /** Picks these seats besides those that are; leaves out what cannot be, such as places. */
  add(seats: readonly number[]): void {
    const { max, isWaiting, isView, texts, house } = this.#facts()
    if (isView || isWaiting) return
    const open = seats.filter(
      (seatNo) =>
        house?.rowOf[seatNo] !== -1 &&
        this.isOpen(seatNo) &&
        !this.choice.seats.has(seatNo) &&
        !this.own.has(seatNo),
    )
    const room = Math.max(max - this.own.size - this.choice.count, 0)
    for (const seatNo of open.slice(0, room)) this.choice.seats.add(seatNo)
    if (open.length > room) this.#events.onRefused(texts.atMost(max), true)
    this.#events.onChange(null, [])
  }

  /** Picks exactly these seats, by their labels. */
  select(labels: readonly string[]): void {
    this.choice.clear()
    this.add(this.numbersOf(labels))
  }

  clear(): void {
    if (this.choice.count === 0) return
    this.choice.clear()
    this.#events.onChange(null, [])
  }

  /** After news: what somebody else has taken meanwhile is not picked any more. */
  dropTaken(): void {
    const { picksAny, view } = this.#facts()
    if (picksAny || view === null || this.choice.count === 0) return
    const lost = this.choice.drop((seatNo) => (view.codes[seatNo] ?? 0) !== LOOKS.available)
    if (lost.length > 0) this.#events.onChange(null, lost)
  }

  /** Numbers of the labels that there are. */
  numbersOf(labels: readonly string[]): number[] {
    const { house } = this.#facts()
    if (house === null) return []
    return labels
      .map((label) => seatNoOf(house, label) ?? findSeat(house, label))
      .filter((seatNo) => seatNo !== null)
  }
}
