import type { SeatMapEvents } from './events.ts'
import type { MapSettings } from './map-settings.ts'
import type { PriceList } from './price-list.ts'
import type { Texts } from './texts.ts'

/** Page around a map, as its parts know it: the element's attributes and listeners. */
export interface MapPage {
  readonly settings: MapSettings
  readonly texts: Texts
  readonly prices: PriceList
  emit<Name extends keyof SeatMapEvents>(name: Name, detail: SeatMapEvents[Name]['detail']): void
}
