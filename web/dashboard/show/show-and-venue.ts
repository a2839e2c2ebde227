import type { Show, Venue } from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { type Query, useQuery } from '../api/use-query.ts'

/** A show with its venue, which shows with seats of their own do not have. */
export interface ShowAndVenue {
  readonly show: Show
  readonly venue: Venue | null
}

const REFRESH_MS = 20_000

/** Asks for a show and its venue, and again now and then: its terms may be changed elsewhere. */
export function useShowAndVenue(key: string): Query<ShowAndVenue> {
  return useQuery(
    async (options) => {
      const api = client.value
      const show = await api.getShow(key, options)
      const venue = show.venue === null ? null : await api.getVenue(show.venue, options)
      return { show, venue }
    },
    [key, client.value],
    REFRESH_MS,
  )
}
