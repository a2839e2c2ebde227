import { useState } from 'preact/hooks'
import type { Venue } from '../../../src/protocol/index.ts'
import { hrefOf } from '../address/routes.ts'
import { useTitle } from '../address/title.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/use-pages.ts'
import { may } from '../identity/identity.ts'
import { Icon } from '../parts/icon.tsx'
import { ListEnd } from '../parts/list-end.tsx'
import { VenueDialog } from './venue-dialog.tsx'

/** Every venue, retired ones too, and the way to its plans. */
export function VenuesPage() {
  useTitle('Venues')
  const [open, setOpen] = useState<{ readonly of: Venue | null } | null>(null)
  const list = usePages<Venue>(
    (cursor, options) =>
      client.value.listVenues({ retired: 'all', ...(cursor !== undefined && { cursor }) }, options),
    [client.value],
  )
  const venues = list.items?.toSorted((one, two) => one.name.localeCompare(two.name)) ?? []
  const mayChange = may('catalogue')
  return (
    <section class="page">
      <div class="page-head">
        <h1>Venues</h1>
        {mayChange && (
          <button type="button" class="button is-primary" onClick={() => setOpen({ of: null })}>
            <Icon name="plus" size={18} /> New venue
          </button>
        )}
      </div>
      {list.items?.length === 0 && (
        <div class="empty">
          <Icon name="venue" size={32} />
          <h2>No venues yet</h2>
          <p class="quiet">A venue has seating plans, and a time zone for its shows.</p>
        </div>
      )}
      {venues.length > 0 && (
        <ul class="card rows">
          {venues.map((venue) => (
            <li key={venue.id} class="row is-pair">
              <div class="row-what">
                <p class="row-name">
                  <a href={hrefOf({ page: 'venue', venue: venue.id })}>{venue.name}</a>{' '}
                  {venue.retiredAt !== null && <span class="badge">retired</span>}
                </p>
                <p class={venue.timeZone === null ? 'is-bad' : 'quiet'}>
                  {venue.timeZone ?? 'No time zone: everyone sees its shows in their own time'}
                </p>
              </div>
              {mayChange && (
                <div class="row-actions">
                  <button
                    type="button"
                    class="button is-small"
                    aria-label={`Change: ${venue.name}`}
                    onClick={() => setOpen({ of: venue })}
                  >
                    Change…
                  </button>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      <ListEnd list={list} />
      {open !== null && (
        <VenueDialog of={open.of} onClose={() => setOpen(null)} onSaved={list.put} />
      )}
    </section>
  )
}
