import type { House } from '../house/house.ts'

/** Reason why a seat was not picked. */
export type PickRefusal = 'taken' | 'too many'

/** Choice that is picked, and not held yet: seats by number, and places by section. */
export class Choice {
  readonly seats = new Set<number>()
  /** Quantity by section index. */
  readonly places = new Map<number, number>()

  get count(): number {
    let count = this.seats.size
    for (const quantity of this.places.values()) count += quantity
    return count
  }

  clear(): void {
    this.seats.clear()
    this.places.clear()
  }

  /** Sets how many places of a section are picked, within bounds. Answers the quantity. */
  setPlaces(section: number, wanted: number, free: number, max: number): number {
    const others = this.count - (this.places.get(section) ?? 0)
    const quantity = Math.max(0, Math.min(wanted, free, max - others))
    if (quantity === 0) this.places.delete(section)
    else this.places.set(section, quantity)
    return quantity
  }

  /** Forgets so many places of a section, because they are held now. */
  takePlaces(section: number, count: number): void {
    const left = (this.places.get(section) ?? 0) - count
    if (left > 0) this.places.set(section, left)
    else this.places.delete(section)
  }

  /** Forgets seats that may not be picked any more, and answers them. */
  drop(isGone: (seatNo: number) => boolean): number[] {
    const gone = [...this.seats].filter(isGone)
    for (const seatNo of gone) this.seats.delete(seatNo)
    return gone
  }

  /** Writes the choice as the body of a hold. */
  toBody({ map }: House): { seats?: string[]; places?: { section: string; quantity: number }[] } {
    const seats = [...this.seats].map((seatNo) => map.seats.labels[seatNo] as string)
    const places = [...this.places].map(([section, quantity]) => {
      return { section: map.sections[section]?.key ?? '', quantity }
    })
    return { ...(seats.length > 0 && { seats }), ...(places.length > 0 && { places }) }
  }
}
