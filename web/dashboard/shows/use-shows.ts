import type { Show, Venue } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { type Query, useQuery } from '../api/use-query.ts'

/** Shows with their venues by id. `isWhole` is false where there are more than one page takes. */
export interface ShowsAndVenues {
  readonly shows: readonly Show[]
  readonly venues: ReadonlyMap<string, Venue>
  readonly isWhole: boolean
}

const SHOWS_MAX = 1_000
/** A show that began is still at the door for a while. */
const LATE_MS = 6 * 3_600_000
const REFRESH_MS = 30_000

/** Kind of shows that a list has. */
export type WhichShows = 'toCome' | 'past' | 'archived'

/** The shows to come, the next one first; or those that were, the last one first. */
export function useShows(which: WhichShows): Query<ShowsAndVenues> {
  return useQuery(
    async (options) => {
      const edge = new Date(Date.now() - LATE_MS).toISOString()
      const isPast = which !== 'toCome'
      const when = {
        toCome: { startsAfter: edge },
        past: { startsBefore: edge },
        archived: { archived: 'true' as const },
      }[which]
      const api = client.value
      const [shows, venues] = await Promise.all([
        api.listShows({ ...when, limit: SHOWS_MAX }, options),
        api.listVenues({ limit: SHOWS_MAX }, options),
      ])
      return {
        shows: isPast ? shows.items.toReversed() : shows.items,
        venues: new Map(venues.items.map((venue) => [venue.id, venue])),
        isWhole: shows.next === null,
      }
    },
    [which, client.value],
    REFRESH_MS,
  )
}

/** Those that have every word somewhere: in title, key or venue. */
export function searchShows({ shows, venues }: ShowsAndVenues, text: string): readonly Show[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return shows
  return shows.filter(({ title, key, venue }) => {
    const place = venue === null ? '' : (venues.get(venue)?.name ?? '')
    const all = `${title} ${key} ${place}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
}
