import type { Show } from '../../../src/protocol/index.ts'
import { relative } from '../time/format.ts'

/** Finds what is to be known of a show before anything else, or null where it is simply on sale. */
export function saleBadge(show: Show, now: number): { text: string; look: string } | null {
  const at = (instant: string | null) => (instant === null ? null : Date.parse(instant))
  const from = at(show.salesFrom)
  const until = at(show.salesUntil)
  if (show.cancelledAt !== null) return { text: 'Cancelled', look: 'is-bad' }
  if (until !== null && until <= now) return { text: 'Sales closed', look: '' }
  if (from !== null && from > now) return { text: `On sale ${relative(from, now)}`, look: '' }
  return null
}
