import type { ShowView } from '../../src/client/index.ts'
import type { House } from './house/house.ts'
import type { PriceList } from './price-list.ts'
import type { SeatOfMap } from './seat-of-map.ts'
import type { Texts } from './texts.ts'

/** Facts that surround a seat when it is described. */
export interface SeatFacts {
  readonly house: House
  readonly view: ShowView | null
  readonly own: ReadonlySet<number>
  readonly texts: Texts
  readonly prices: PriceList
}

/** A seat for the page, with what it is just now. */
export function toSeat({ house, view, own }: SeatFacts, seatNo: number): SeatOfMap {
  const { labels, rows, numbers, sections, categories, flags } = house.map.seats
  const flag = flags[seatNo] ?? 0
  return {
    seatNo,
    label: labels[seatNo] ?? '',
    section: house.map.sections[sections[seatNo] ?? -1]?.key ?? null,
    isPlace: house.rowOf[seatNo] === -1,
    row: rows[seatNo] ?? null,
    number: numbers[seatNo] ?? '',
    category: house.map.categories[categories[seatNo] ?? -1]?.key ?? '',
    status: view?.statusOf(seatNo) ?? 'available',
    heldUntil: view?.heldUntil(seatNo) ?? null,
    isOwn: own.has(seatNo),
    accessible: (flag & 1) !== 0,
    companion: (flag & 2) !== 0,
    restrictedView: (flag & 4) !== 0,
  }
}

/** `Row B seat 12`, or the label where the plan has no rows. With its section, if wanted. */
export function seatName({ house, texts }: SeatFacts, seatNo: number, withSection = true): string {
  const { labels, rows, numbers, sections } = house.map.seats
  const row = rows[seatNo]
  const section = withSection ? house.map.sections[sections[seatNo] ?? -1]?.name : undefined
  const place =
    row === null || row === undefined
      ? (labels[seatNo] ?? '')
      : `${rowName(row, texts)} ${texts.seat(numbers[seatNo] ?? '')}`
  return section === undefined ? place : `${section}, ${place}`
}

/** A row that is called "Box A" in the plan needs no other word. */
export function rowName(row: string, texts: Texts): string {
  return /\s|\p{L}{4,}/u.test(row) ? row : texts.row(row)
}

/** Everything worth knowing, as it is read out: `Row B seat 12, Standard, available`. */
export function describeSeat(facts: SeatFacts, seatNo: number, isPicked: boolean): string {
  const { texts, house } = facts
  const seat = toSeat(facts, seatNo)
  return [
    seatName(facts, seatNo),
    ...categoryWords(facts, house.map.seats.categories[seatNo] ?? -1),
    ...traits(seat, texts),
    seat.isOwn ? texts.own : texts.status(seat.status),
    ...(isPicked ? [texts.picked] : []),
  ].join(', ')
}

/** Describes a seat for the eye, without the name, in lines. */
export function seatNotes(facts: SeatFacts, seatNo: number): string[] {
  const seat = toSeat(facts, seatNo)
  const { house, texts } = facts
  const words = categoryWords(facts, house.map.seats.categories[seatNo] ?? -1)
  const special = traits(seat, texts)
  return [
    words.join(' · '),
    ...(special.length > 0 ? [special.join(', ')] : []),
    seat.isOwn ? texts.own : statusWords(facts, seat),
  ]
}

/** Name and price of a category. */
export function categoryWords({ house, prices }: SeatFacts, category: number): string[] {
  const { name, key } = house.map.categories[category] ?? {}
  if (name === undefined || key === undefined) return []
  const price = prices.textOf(key)
  return price === null ? [name] : [name, price]
}

function traits(seat: SeatOfMap, texts: Texts): string[] {
  return [
    ...(seat.accessible ? [texts.accessible] : []),
    ...(seat.companion ? [texts.companion] : []),
    ...(seat.restrictedView ? [texts.restrictedView] : []),
  ]
}

function statusWords({ view, texts }: SeatFacts, { status, heldUntil }: SeatOfMap): string {
  if (status !== 'held' || heldUntil === null || view === null) return texts.status(status)
  const seconds = Math.max(0, Math.ceil((heldUntil - view.now()) / 1000))
  return texts.heldFor(clockTime(seconds))
}

/** `4:05` */
export function clockTime(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
