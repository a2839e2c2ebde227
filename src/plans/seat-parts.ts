import type { Category, PlanSeat, Section } from '../protocol/index.ts'

/** The price class of plans that name none. */
export const STANDARD: Readonly<Category> = Object.freeze({
  key: 'standard',
  name: 'Standard',
  color: '#4a7bd0',
  accessible: false,
})

type SeatPlace = Pick<PlanSeat, 'label' | 'number' | 'x' | 'y'>

/** A seat with what is given, and what most seats have for the rest. */
export function makeSeat(given: SeatPlace & Partial<PlanSeat>): PlanSeat {
  return {
    label: given.label,
    section: given.section ?? null,
    row: given.row ?? null,
    number: given.number,
    category: given.category ?? STANDARD.key,
    x: given.x,
    y: given.y,
    accessible: given.accessible ?? false,
    companion: given.companion ?? false,
    restrictedView: given.restrictedView ?? false,
    externalId: given.externalId ?? null,
  }
}

/** A section of chosen seats without an outline, unless given otherwise. */
export function makeSection(key: string, given: Partial<Section> = {}): Section {
  return { key, name: key, generalAdmission: false, entrance: null, outline: [], ...given }
}
