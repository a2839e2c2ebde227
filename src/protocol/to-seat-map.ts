import type { PlanSeat, PlanSpec } from './plan.ts'
import type { SeatMap } from './schemas/venues.ts'

/** A plan as it is drawn: seats in columns; sections and categories by place, -1 for none. */
export function toSeatMap(plan: PlanSpec, ids: Pick<SeatMap, 'show' | 'plan'>): SeatMap {
  const sections = new Map(plan.sections.map(({ key }, index) => [key, index]))
  const categories = new Map(plan.categories.map(({ key }, index) => [key, index]))
  const column = <Value>(of: (seat: PlanSeat) => Value) => plan.seats.map(of)
  return {
    ...ids,
    name: plan.name,
    width: plan.width,
    height: plan.height,
    focalPoint: plan.focalPoint,
    categories: plan.categories,
    sections: plan.sections,
    shapes: plan.shapes,
    seatCount: plan.seats.length,
    seats: {
      labels: column(({ label }) => label),
      sections: column(({ section }) => (section === null ? -1 : (sections.get(section) ?? -1))),
      rows: column(({ row }) => row),
      numbers: column(({ number }) => number),
      categories: column(({ category }) => categories.get(category) ?? -1),
      xs: column(({ x }) => x),
      ys: column(({ y }) => y),
      flags: column(
        ({ accessible, companion, restrictedView }) =>
          Number(accessible) + 2 * Number(companion) + 4 * Number(restrictedView),
      ),
    },
  }
}
