import { type Availability, type Counts, SEAT_STATUSES } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { noCounts, type Picture } from '../pictures/picture.ts'
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
  const counts = newTally()
  const sections = new Tallies<string | null>()
  const categories = new Tallies<string>(plan.categories.map(({ key }) => key))
  for (let number = 0; number < picture.seatCount; number++) {
    const seat = plan.seats[number]
    const status = picture.statuses[number] as number
    add(counts, status)
    if (!seat) continue
    add(sections.of(seat.section), status)
    add(categories.of(seat.category), status)
  }
  return {
    counts: toCounts(counts),
    sections: sections.read((section, some) => ({ section, ...some })),
    categories: categories.read((category, some) => ({ category, ...some })),
  }
}

/** Seats of each status; they get their names when all are counted, which is four times faster. */
function newTally(): Uint32Array {
  return new Uint32Array(SEAT_STATUSES.length)
}

function add(tally: Uint32Array, status: number): void {
  tally[status] = (tally[status] as number) + 1
}

function toCounts(tally: Uint32Array): Counts {
  const counts = noCounts()
  for (const [status, name] of SEAT_STATUSES.entries()) {
    const some = tally[status] as number
    counts[name] += some
    counts.total += some
  }
  return counts
}

/** Tallies by key. Neighbours mostly share one, so the last is remembered instead of looked up. */
class Tallies<Key> {
  readonly #all: Map<Key, Uint32Array>
  #key: Key | undefined
  #last: Uint32Array | undefined

  constructor(keys: readonly Key[] = []) {
    this.#all = new Map(keys.map((key) => [key, newTally()]))
  }

  of(key: Key): Uint32Array {
    if (this.#last !== undefined && key === this.#key) return this.#last
    const tally = this.#all.get(key) ?? newTally()
    this.#all.set(key, tally)
    this.#key = key
    this.#last = tally
    return tally
  }

  read<Row>(toRow: (key: Key, counts: Counts) => Row): Row[] {
    return [...this.#all].map(([key, tally]) => toRow(key, toCounts(tally)))
  }
}
