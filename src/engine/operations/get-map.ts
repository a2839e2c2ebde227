import { type PlanSeat, type SeatMap, toPublicId } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import type { Tagged } from '../engine.ts'
import { findShow, type SoldShow, withPlan } from '../sold-show.ts'

/** Everything that drawing a show needs but the statuses. Refusal: `show_unknown`. */
export async function getMap(context: Context, showKey: string): Promise<Tagged<SeatMap>> {
  const show = await current(context, showKey)
  const { planId, seats } = show.plan
  const owner = show.plan.venueId === null ? 'own' : 'shared'
  return { etag: `"${planId}.${seats.length}.${owner}"`, read: () => toMap(show) }
}

/** A plan of the show's own may have grown since it was read. */
async function current(context: Context, showKey: string): Promise<SoldShow> {
  const show = await findShow(context, showKey)
  if (show.plan.venueId !== null) return show
  const picture = await context.pictures.read(show.showId)
  return await withPlan(context, show.identity, picture.seatCount)
}

function toMap({ key, plan }: SoldShow): SeatMap {
  const sections = new Map(plan.sections.map((section, index) => [section.key, index]))
  const categories = new Map(plan.categories.map((category, index) => [category.key, index]))
  const column = <Value>(of: (seat: PlanSeat) => Value) => plan.seats.map(of)
  return {
    show: key,
    plan: toPublicId('plan', plan.planId),
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
      flags: column((seat) => {
        return (
          Number(seat.accessible) + 2 * Number(seat.companion) + 4 * Number(seat.restrictedView)
        )
      }),
    },
  }
}
