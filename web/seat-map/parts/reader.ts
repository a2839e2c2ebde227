import type { House } from '../house/house.ts'
import { type Direction, nextSeat, rowEnd, seatInRow } from '../house/next-seat.ts'
import { make } from './make.ts'

/** Events by which the reader asks and tells. */
export interface ReaderEvents {
  describe(seatNo: number): string
  isPicked(seatNo: number): boolean
  isOpen(seatNo: number): boolean
  describeArea(section: number): string
  /** Focus has come to a seat: it is to be seen. */
  onFocus(seatNo: number): void
  onFocusArea(section: number): void
  onPick(seatNo: number): void
  onPickArea(section: number): void
  onBlur(): void
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

/**
 * The seats for the keyboard and for screen readers: a grid of which only the current row is there,
 * because 80,000 elements would take longer to read than to sell. Areas of general admission are
 * rows of one cell after the rows of seats.
 */
export class Reader {
  readonly element: HTMLElement
  /** Seat that has the keyboard's focus. */
  seatNo: number | null = null
  readonly #events: ReaderEvents
  #house: House | null = null
  #rowAt = -1
  #cells = new Map<number, HTMLElement>()
  #hasFocus = false

  constructor(events: ReaderEvents) {
    this.#events = events
    this.element = make('div', {
      class: 'reader',
      role: 'grid',
      'aria-multiselectable': 'true',
      keydown: (event) => this.#key(event as KeyboardEvent),
      focusin: () => this.#focused(),
      focusout: () => this.#blurred(),
      click: (event) => this.#clicked(event),
    })
  }

  get hasFocus(): boolean {
    return this.#hasFocus
  }

  get cell(): HTMLElement | null {
    const key = this.seatNo ?? -1
    return this.#cells.get(key) ?? null
  }

  show(house: House): void {
    const isFirst = this.#house === null
    this.#house = house
    this.element.setAttribute('aria-rowcount', String(house.rows.length + house.areas.length))
    if (isFirst || this.seatNo === null) this.#showRow(0)
    else this.moveTo(this.seatNo, false)
  }

  /** Brings the cells' words up to date with the statuses. */
  refresh(): void {
    for (const [seatNo, cell] of this.#cells) this.#describe(seatNo, cell)
  }

  /** Goes to a seat, with the keyboard's focus if wanted. */
  moveTo(seatNo: number, withFocus: boolean): void {
    const house = this.#house
    if (house === null) return
    const row = house.rowOf[seatNo] ?? -1
    if (row === -1) {
      this.#goToArea(house.map.seats.sections[seatNo] ?? -1, withFocus)
      return
    }
    if (row !== this.#rowAt) this.#showRow(row, seatNo)
    this.#makeCurrent(seatNo)
    if (withFocus) this.cell?.focus({ preventScroll: true })
  }

  #goToArea(section: number, withFocus: boolean): void {
    const at = this.#house?.areas.findIndex((area) => area.section === section) ?? -1
    if (at === -1) return
    this.#showRow((this.#house as House).rows.length + at)
    if (withFocus) this.#firstCell()?.focus({ preventScroll: true })
  }

  #firstCell(): HTMLElement | undefined {
    return this.#cells.values().next().value
  }

  /** Puts the row's cells into the document; the one that has the focus goes last. */
  #showRow(at: number, current?: number): void {
    const house = this.#house as House
    const before = [...this.element.children]
    const area = house.areas[at - house.rows.length]
    const seats = house.rows[at]?.seats ?? []
    this.#rowAt = at
    this.#cells = new Map()
    const row = make('div', { role: 'row', 'aria-rowindex': String(at + 1) })
    if (area !== undefined) row.append(this.#makeCell(-2 - area.section, 1))
    seats.forEach((seatNo, index) => {
      row.append(this.#makeCell(seatNo, index + 1))
    })
    this.element.append(row)
    this.element.setAttribute('aria-colcount', String(Math.max(seats.length, 1)))
    if (area === undefined) this.#makeCurrent(current ?? (seats[0] as number))
    else {
      this.seatNo = null
      this.#firstCell()?.setAttribute('tabindex', '0')
    }
    if (this.#hasFocus) (this.cell ?? this.#firstCell())?.focus({ preventScroll: true })
    for (const element of before) element.remove()
  }

  #makeCell(seatNo: number, column: number): HTMLElement {
    const cell = make('div', { role: 'gridcell', 'aria-colindex': String(column), tabindex: '-1' })
    this.#cells.set(seatNo, cell)
    this.#describe(seatNo, cell)
    return cell
  }

  #describe(seatNo: number, cell: HTMLElement): void {
    const isSeat = seatNo >= 0
    const label = isSeat ? this.#events.describe(seatNo) : this.#events.describeArea(-2 - seatNo)
    if (cell.getAttribute('aria-label') !== label) cell.setAttribute('aria-label', label)
    if (!isSeat) return
    cell.setAttribute('aria-selected', String(this.#events.isPicked(seatNo)))
    cell.setAttribute('aria-disabled', String(!this.#events.isOpen(seatNo)))
  }

  #makeCurrent(seatNo: number): void {
    this.cell?.setAttribute('tabindex', '-1')
    this.seatNo = seatNo
    this.cell?.setAttribute('tabindex', '0')
  }

  #focused(): void {
    this.#hasFocus = true
    const active = (this.element.getRootNode() as ShadowRoot).activeElement
    for (const [key, cell] of this.#cells) {
      if (cell !== active) continue
      if (key < -1) {
        this.#events.onFocusArea(-2 - key)
        return
      }
      this.#makeCurrent(key)
      this.#events.onFocus(key)
    }
  }

  #blurred(): void {
    this.#hasFocus = false
    this.#events.onBlur()
  }

  #clicked(event: Event): void {
    for (const [key, cell] of this.#cells) if (cell === event.target) this.#pick(key)
  }

  #pick(key: number): void {
    if (key >= 0) this.#events.onPick(key)
    else this.#events.onPickArea(-2 - key)
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return
    const done = this.#act(event)
    if (!done) return
    event.preventDefault()
    event.stopPropagation()
  }

  /** Does what the key means here, and tells whether it meant something. */
  #act({ key, ctrlKey, shiftKey }: KeyboardEvent): boolean {
    const house = this.#house
    if (house === null || shiftKey) return false
    if (key === 'Enter' || key === ' ') {
      this.#pick(this.seatNo ?? (this.#cells.keys().next().value as number))
      return true
    }
    if (key === 'PageDown') return this.#step(1)
    if (key === 'PageUp') return this.#step(-1)
    if (ctrlKey && (key === 'Home' || key === 'End')) return this.#toEnd(key)
    if (this.seatNo === null) return this.#leaveArea(key)
    if (key === 'Home') return this.#go(rowEnd(house, this.seatNo, 'first'))
    if (key === 'End') return this.#go(rowEnd(house, this.seatNo, 'last'))
    const direction = ARROWS[key]
    if (direction === undefined) return false
    return this.#go(nextSeat(house, this.seatNo, direction))
  }

  #go(seatNo: number | null): true {
    if (seatNo !== null) this.moveTo(seatNo, true)
    return true
  }

  /** The next or previous row: of seats at about the same place, of areas the area. */
  #step(step: 1 | -1): true {
    const house = this.#house as House
    const at = this.#rowAt + step
    if (at < 0 || at >= house.rows.length + house.areas.length) return true
    const area = house.areas[at - house.rows.length]
    if (area !== undefined) this.#goToArea(area.section, true)
    else if (this.seatNo === null) this.#go(house.rows[at]?.seats[0] ?? null)
    else this.#go(seatInRow(house, this.seatNo, step))
    return true
  }

  #leaveArea(key: string): boolean {
    if (key === 'ArrowUp' || key === 'ArrowLeft') return this.#step(-1)
    if (key === 'ArrowDown' || key === 'ArrowRight') return this.#step(1)
    return false
  }

  #toEnd(key: string): true {
    const rows = (this.#house as House).rows
    return this.#go((key === 'Home' ? rows[0]?.seats[0] : rows.at(-1)?.seats.at(-1)) ?? null)
  }

  /** For those who swipe instead of typing. */
  step(step: 1 | -1): void {
    this.#step(step)
  }
}
