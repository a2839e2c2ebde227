import type { PlanSeat, PlanSpec, SeatMap } from '../../../src/protocol/index.ts'

/** A plan that is not stored yet, as the map of a show has it. */
export function toPreviewMap(plan: PlanSpec): SeatMap {
  const sections = new Map(plan.sections.map(({ key }, index) => [key, index]))
  const categories = new Map(plan.categories.map(({ key }, index) => [key, index]))
  const column = <Value>(of: (seat: PlanSeat) => Value) => plan.seats.map(of)
  return {
    show: '',
    plan: '',
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
