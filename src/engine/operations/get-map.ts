import { hash } from 'node:crypto'
import { type SeatMap, toPublicId, toSeatMap } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { findShow, type SoldShow, withPlan } from '../sold-show.ts'
import type { StoredPlan } from '../stored/stored-plan.ts'
import type { Tagged } from '../tagged.ts'

/** Everything that drawing a show needs but the statuses. Refusal: `show_unknown`. */
export async function getMap(context: Context, showKey: string): Promise<Tagged<SeatMap>> {
  const show = await current(context, showKey)
  const { planId, seats } = show.plan
  const ids = { show: show.key, plan: toPublicId('plan', planId) }
  const kind = show.plan.venueId === null ? `own.${digestOf(show.plan)}` : 'shared'
  return { etag: `"${planId}.${seats.length}.${kind}"`, read: () => toSeatMap(show.plan, ids) }
}

/** Made once per reading of a plan. */
const digests = new WeakMap<StoredPlan, string>()

/** Tells seats from others that were added in their place, in a history that a restore undid. */
function digestOf(plan: StoredPlan): string {
  const known = digests.get(plan)
  if (known !== undefined) return known
  const digest = hash('sha256', JSON.stringify(plan.seats), 'base64url').slice(0, 12)
  digests.set(plan, digest)
  return digest
}

/** A plan of the show's own may have grown since it was read. */
async function current(context: Context, showKey: string): Promise<SoldShow> {
  const show = await findShow(context, showKey)
  if (show.plan.venueId !== null) return show
  const picture = await context.pictures.read(show.showId)
  return await withPlan(context, show.identity, picture.seatCount)
}
