import type { Hold } from '../../../src/protocol/index.ts'
import type { House } from '../house/house.ts'
import type { Chip } from '../parts/panel.ts'
import type { PriceList } from '../price-list.ts'
import type { Texts } from '../texts.ts'
import type { Picking } from './picking.ts'

/** Facts that chips are made with. */
export interface ChipFacts {
  readonly house: House
  readonly texts: Texts
  readonly prices: PriceList
}

/** Makes one chip for each seat picked; places of an area share one, which counts them. */
export function pickedChips({ house, texts, prices }: ChipFacts, picking: Picking): Chip[] {
  const seats = [...picking.choice.seats].map((seatNo) => {
    const label = house.map.seats.labels[seatNo] as string
    return {
      key: String(seatNo),
      text: label,
      price: prices.textOf(categoryOf(house, seatNo)),
      removal: texts.unpick(label),
      remove: () => picking.toggle(seatNo),
    }
  })
  const places = [...picking.choice.places].map(([section, quantity]) => {
    const name = house.map.sections[section]?.name ?? ''
    return {
      key: `places ${section}`,
      text: `${name} × ${quantity}`,
      price: prices.textOf(categoryOfArea(house, section)),
      removal: texts.unpick(name),
      remove: () => picking.setPlaces(section, 0),
      change: { quantity, set: (wanted: number) => picking.setPlaces(section, wanted) },
    }
  })
  return [...seats, ...places]
}

/**
 * Makes the chips of what is held: one for each seat, which can be given back alone, and one for
 * each area.
 */
export function heldChips(
  { house, texts, prices }: ChipFacts,
  hold: Hold,
  picking: Picking,
  release: (labels: readonly string[]) => void,
): Chip[] {
  const places = new Map<number, string[]>()
  const seats: Chip[] = []
  for (const label of hold.seats) {
    const [seatNo] = picking.numbersOf([label])
    const section = seatNo === undefined ? -1 : (house.map.seats.sections[seatNo] ?? -1)
    if (seatNo !== undefined && house.rowOf[seatNo] === -1) {
      places.set(section, [...(places.get(section) ?? []), label])
      continue
    }
    const price = seatNo === undefined ? null : prices.textOf(categoryOf(house, seatNo))
    const removal = texts.releaseSeat(label)
    seats.push({ key: label, text: label, price, removal, remove: () => release([label]) })
  }
  const areas = [...places].map(([section, labels]) => {
    const name = house.map.sections[section]?.name ?? ''
    return {
      key: `places ${section}`,
      text: `${name} × ${labels.length}`,
      price: prices.textOf(categoryOfArea(house, section)),
      removal: texts.releaseSeat(name),
      remove: () => release(labels),
      change: {
        quantity: labels.length,
        set: (wanted: number) => {
          if (wanted < labels.length) release(labels.slice(wanted))
          else picking.setPlaces(section, wanted - labels.length)
        },
      },
    }
  })
  return [...seats, ...areas]
}

/** Categories of everything that is picked, one for each seat and place. */
export function pickedCategories(house: House, { choice }: Picking): string[] {
  const seats = [...choice.seats].map((seatNo) => categoryOf(house, seatNo))
  const places = [...choice.places].flatMap(([section, quantity]) =>
    Array<string>(quantity).fill(categoryOfArea(house, section)),
  )
  return [...seats, ...places]
}

/** Key of a seat's category. */
export function categoryOf({ map }: House, seatNo: number): string {
  return map.categories[map.seats.categories[seatNo] ?? -1]?.key ?? ''
}

function categoryOfArea(house: House, section: number): string {
  const area = house.areas.find((one) => one.section === section)
  return house.map.categories[area?.category ?? -1]?.key ?? ''
}
