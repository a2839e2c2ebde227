import { useState } from 'preact/hooks'
import type { PlanOverview, Venue } from '../../../src/protocol/index.ts'
import { hrefOf } from '../address/routes.ts'
import { useTitle } from '../address/title.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/use-pages.ts'
import { useQuery } from '../api/use-query.ts'
import { useSending } from '../api/use-sending.ts'
import { may } from '../identity/identity.ts'
import { Icon } from '../parts/icon.tsx'
import { ListEnd } from '../parts/list-end.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { PlanRow } from './plan-row.tsx'
import { RenamePlan } from './rename-plan.tsx'
import { RetireVenue } from './retire-venue.tsx'
import { VenueDialog } from './venue-dialog.tsx'

/** One venue with its seating plans, retired ones too. */
export function VenuePage({ venue: id }: { venue: string }) {
  const query = useQuery<Venue>((options) => client.value.getVenue(id, options), [id, client.value])
  const [isChanging, change] = useState(false)
  const venue = query.value
  useTitle(venue?.name ?? 'Venue')
  if (venue === null) {
    return (
      <section class="page">
        {query.error === null ? (
          <Skeleton lines={3} label="Loading the venue" />
        ) : (
          <TroubleNote error={query.error} onRetry={query.reload} />
        )}
      </section>
    )
  }
  return (
    <section class="page">
      <div class="page-head">
        <div class="show-head-what">
          <a class="show-back" href={hrefOf({ page: 'venues' })} aria-label="All venues">
            <Icon name="back" />
          </a>
          <div>
            <h1>
              {venue.name} {venue.retiredAt !== null && <span class="badge">retired</span>}
            </h1>
            <p class="quiet">{venue.timeZone ?? 'No time zone'}</p>
          </div>
        </div>
        {may('catalogue') && (
          <div class="row-actions">
            <RetireVenue of={venue} onDone={query.reload} />
            <button type="button" class="button" onClick={() => change(true)}>
              Change…
            </button>
          </div>
        )}
      </div>
      <Plans venue={venue} />
      {isChanging && (
        <VenueDialog of={venue} onClose={() => change(false)} onSaved={query.reload} />
      )}
    </section>
  )
}

function Plans({ venue }: { venue: Venue }) {
  const [renamed, rename] = useState<PlanOverview | null>(null)
  const { isBusy, error, dismiss, send } = useSending()
  const list = usePages<PlanOverview>(
    (cursor, options) =>
      client.value.listPlans(
        venue.id,
        { retired: 'all', ...(cursor !== undefined && { cursor }) },
        options,
      ),
    [venue.id, client.value],
  )
  const retire = (plan: PlanOverview) =>
    send(async () => {
      const retired = plan.retiredAt === null
      const { retiredAt } = await client.value.changePlan(plan.id, { retired })
      list.put({ ...plan, retiredAt })
      say(retired ? 'Retired: new shows need another plan.' : 'New shows can use it again.')
    })
  return (
    <>
      <h2 class="rows-title">Seating plans</h2>
      {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
      {list.items?.length === 0 && (
        <p class="quiet">None yet. Create a show with one: from a file, or as a grid.</p>
      )}
      {list.items !== null && list.items.length > 0 && (
        <ul class="card rows">
          {list.items.map((plan) => (
            <PlanRow
              key={plan.id}
              of={plan}
              isBusy={isBusy}
              onRename={() => rename(plan)}
              onRetire={() => void retire(plan)}
            />
          ))}
        </ul>
      )}
      <ListEnd list={list} />
      {renamed !== null && (
        <RenamePlan of={renamed} onClose={() => rename(null)} onRenamed={list.put} />
      )}
    </>
  )
}
