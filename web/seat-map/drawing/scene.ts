import type { House } from '../house/house.ts'
import type { Theme } from './theme.ts'

/** How many places or seats of a part of the house are free. */
export interface Free {
  readonly free: number
  readonly total: number
}

/** What is to be drawn. Whoever changes it says which layers that touches. */
export interface Scene {
  readonly house: House
  theme: Theme
  /** By seat: see `LOOKS`. */
  readonly looks: Uint8Array
  /** By section index. */
  sections: ReadonlyMap<number, Free>
  /** Places picked or held here, by section index. */
  places: ReadonlyMap<number, number>
  /** Under the pointer. */
  hovered: number | null
  hoveredArea: number | null
  /** Ringed, because somebody asked where they are. */
  highlighted: ReadonlySet<number> | null
  /** In the way of the last hold. */
  refused: ReadonlySet<number>
  /** How the free places of an area are told. */
  describeFree(free: Free): string
}
