import type { House } from '../house/house.ts'
import type { Theme } from './theme.ts'

/** Number of places or seats of a part of the house that are free. */
export interface Free {
  readonly free: number
  readonly total: number
  /** Free seats by category index. */
  readonly byCategory: ArrayLike<number>
}

/** Scene that is to be drawn. Whoever changes it says which layers that touches. */
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
  /** The only category that is asked for, or null. */
  category: number | null
  /** Strips along the edges, in CSS pixels, in which rows are named: no seats are seen there. */
  rulers: { left: number; top: number }
  /** Tells of a section from afar, a line each: price, how much is free. */
  describeSection(section: number): readonly string[]
}

/** CSS pixels between neighbours below which seats are no more than dust. */
const OVERVIEW_PITCH_MAX = 4

/** From so far away sections are drawn instead of their seats. */
export function isOverview({ house }: Scene, { pitchPx }: { readonly pitchPx: number }): boolean {
  // While seats are on their way there is nothing else to be seen.
  if (house.seatCount === 0) return true
  return pitchPx < OVERVIEW_PITCH_MAX && house.frames.length > 1
}
