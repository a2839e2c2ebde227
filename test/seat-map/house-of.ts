import type { PlanSpec, SeatMap } from '../../src/protocol/index.ts'
import { type House, toHouse } from '../../web/seat-map/house/house.ts'

/** The house of a plan, as the element makes it of what the server answers. */
export function houseOf(plan: PlanSpec): House {
  const { seats, ...rest } = plan
  const indexOf = (items: readonly { key: string }[], key: string | null) =>
    items.findIndex((item) => item.key === key)
  const map: SeatMap = {
    ...rest,
    show: 'show',
    plan: 'plan_00000000000000000000000000000000',
    seatCount: seats.length,
    seats: {
      labels: seats.map(({ label }) => label),
      sections: seats.map(({ section }) => indexOf(plan.sections, section)),
      rows: seats.map(({ row }) => row),
      numbers: seats.map(({ number }) => number),
      categories: seats.map(({ category }) => indexOf(plan.categories, category)),
      xs: seats.map(({ x }) => x),
      ys: seats.map(({ y }) => y),
      flags: seats.map(({ accessible }) => Number(accessible)),
    },
  }
  return toHouse(map)
}
