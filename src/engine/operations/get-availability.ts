import type { Availability, Counts } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { countSeat, noCounts, type Picture } from '../pictures/picture.ts'
import { withPlan } from '../sold-show.ts'
import type { StoredPlan } from '../stored/stored-plan.ts'
import type { Tagged } from '../tagged.ts'
import { tagOf } from './tag-of.ts'

type Tally = Pick<Availability, 'counts' | 'sections' | 'categories'>

/** Counting 20,000 seats takes longer than everything else, so it is done once per revision. */
const tallies = new WeakMap<Picture, { revision: number; tally: Tally }>()

/** Counts how many seats are available, held, booked and blocked. Refusal: `show_unknown`. */
export async function getAvailability(
  context: Context,
  showKey: string,
): Promise<Tagged<Availability>> {
  const identity = await context.shows.get(showKey)
  const seen = await context.pictures.read(identity.showId)
  const { plan } = await withPlan(context, identity, seen.seatCount)
  return {
    etag: tagOf(seen),
    read: () => ({
      show: identity.key,
      version: seen.version,
      asOf: new Date(seen.now).toISOString(),
      ...tallyOf(seen, plan),
    }),
  }
}

function tallyOf(picture: Picture, plan: StoredPlan): Tally {
  const known = tallies.get(picture)
  if (known?.revision === picture.revision) return known.tally
  const tally = count(picture, plan)
  tallies.set(picture, { revision: picture.revision, tally })
  return tally
}

function count(picture: Picture, plan: StoredPlan): Tally {
  const counts = noCounts()
  const sections = new Map<string | null, Counts>()
  const categories = new Map<string, Counts>(plan.categories.map(({ key }) => [key, noCounts()]))
  for (let number = 0; number < picture.seatCount; number++) {
    const seat = plan.seats[number]
    const status = picture.statuses[number] as number
    countSeat(counts, status)
    if (!seat) continue
    countSeat(getOrAdd(sections, seat.section), status)
    countSeat(getOrAdd(categories, seat.category), status)
  }
  return {
    counts,
    sections: [...sections].map(([section, some]) => ({ section, ...some })),
    categories: [...categories].map(([category, some]) => ({ category, ...some })),
  }
}

function getOrAdd<Key>(map: Map<Key, Counts>, key: Key): Counts {
  let counts = map.get(key)
  if (!counts) {
    counts = noCounts()
    map.set(key, counts)
  }
  return counts
}
