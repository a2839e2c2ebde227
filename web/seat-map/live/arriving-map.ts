import type { SeatMap } from '../../../src/protocol/index.ts'

/** Pattern of what stands before the seats in a map, which come last and are nearly all of it. */
const HEAD_END = /"seatCount":(\d+),"seats":\{/
/** Columns of the seats: so many values are to come for each. */
const COLUMN_COUNT = 8
const NO_SEATS =
  '"labels":[],"sections":[],"rows":[],"numbers":[],"categories":[],"xs":[],"ys":[],"flags":[]'

/**
 * A map on its way. Sections, shapes and categories are there long before the last seat, and can be
 * drawn; how much of the seats has come is counted by their commas, which is near enough.
 */
export class ArrivingMap {
  /** The map without its seats; null before its head is there. */
  outline: SeatMap | null = null
  #head = ''
  #expectedCount = 0
  #valueCount = 0

  /** Takes the next part of the text. `isFirst`: it is the first one, perhaps of another try. */
  take(part: string, isFirst: boolean): void {
    if (isFirst) {
      this.#head = ''
      this.#valueCount = 0
    }
    if (this.#expectedCount > 0 && !isFirst && this.#head === '') {
      this.#valueCount += commasOf(part)
      return
    }
    this.#head += part
    const end = HEAD_END.exec(this.#head)
    if (end === null) return
    const bodyAt = end.index + end[0].length
    this.#expectedCount = COLUMN_COUNT * Number(end[1])
    this.#valueCount = commasOf(this.#head.slice(bodyAt))
    this.outline ??= readHead(this.#head.slice(0, end.index))
    this.#head = ''
  }

  /** From 0 to 1. */
  get share(): number {
    return this.#expectedCount === 0 ? 0 : Math.min(this.#valueCount / this.#expectedCount, 1)
  }
}

function readHead(text: string): SeatMap | null {
  try {
    return JSON.parse(`${text}"seatCount":0,"seats":{${NO_SEATS}}}`)
  } catch {
    // Not written as we expect: the whole map will be.
    return null
  }
}

function commasOf(text: string): number {
  let count = 0
  for (let at = text.indexOf(','); at !== -1; at = text.indexOf(',', at + 1)) count++
  return count
}
