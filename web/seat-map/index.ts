import { RowlockSeatMap } from './seat-map.ts'

export type {
  HoldDetail,
  MapConnection,
  RefusalDetail,
  SeatMapEvents,
  SelectDetail,
  StatusDetail,
} from './events.ts'
export type { Prices } from './price-list.ts'
export type { SeatMapApi } from './seat-map-api.ts'
export type { PlacesOfMap, SeatOfMap, Selection } from './seat-of-map.ts'
export { TEXTS, type Texts } from './texts.ts'
export { RowlockSeatMap }

if (globalThis.customElements?.get('rowlock-seat-map') === undefined) {
  globalThis.customElements?.define('rowlock-seat-map', RowlockSeatMap)
}
