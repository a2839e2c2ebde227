import { type SeatMap, toPublicId, toSeatMap } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { findShow, type SoldShow, withPlan } from '../sold-show.ts'
import type { Tagged } from '../tagged.ts'

/** Everything that drawing a show needs but the statuses. Refusal: `show_unknown`. */
export async function getMap(context: Context, showKey: string): Promise<Tagged<SeatMap>> {
  const show = await current(context, showKey)
  const { planId, seats } = show.plan
  const ids = { show: show.key, plan: toPublicId('plan', planId) }
  const owner = show.plan.venueId === null ? 'own' : 'shared'
  return { etag: `"${planId}.${seats.length}.${owner}"`, read: () => toSeatMap(show.plan, ids) }
}

/** A plan of the show's own may have grown since it was read. */
async function current(context: Context, showKey: string): Promise<SoldShow> {
  const show = await findShow(context, showKey)
  if (show.plan.venueId !== null) return show
  const picture = await context.pictures.read(show.showId)
  return await withPlan(context, show.identity, picture.seatCount)
}
