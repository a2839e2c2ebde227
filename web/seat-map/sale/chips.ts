import type { Hold } from '../../../src/protocol/index.ts'
import type { House } from '../house/house.ts'
import type { Chip } from '../parts/panel.ts'
import type { Texts } from '../texts.ts'
import type { Picking } from './picking.ts'

/** What is picked, one chip each; places of an area share one, which counts them. */
export function pickedChips(house: House, picking: Picking, texts: Texts): Chip[] {
  const seats = [...picking.choice.seats].map((seatNo) => {
    const label = house.map.seats.labels[seatNo] as string
    return {
      key: String(seatNo),
      text: label,
      removal: texts.unpick(label),
      remove: () => picking.toggle(seatNo),
    }
  })
  const places = [...picking.choice.places].map(([section, quantity]) => {
    const name = house.map.sections[section]?.name ?? ''
    return {
      key: `places ${section}`,
      text: `${name} × ${quantity}`,
      removal: texts.unpick(name),
      remove: () => picking.setPlaces(section, 0),
      change: { quantity, set: (wanted: number) => picking.setPlaces(section, wanted) },
    }
  })
  return [...seats, ...places]
}

/** What is held, one chip each, which can be given back alone. */
export function heldChips(hold: Hold, texts: Texts, release: (label: string) => void): Chip[] {
  return hold.seats.map((label) => {
    return {
      key: label,
      text: label,
      removal: texts.releaseSeat(label),
      remove: () => release(label),
    }
  })
}
