import { useEffect, useMemo } from 'preact/hooks'
import { hrefOf, type ShowTab } from '../address/routes.ts'
import { useTitle } from '../address/title.ts'
import { client } from '../api/client.ts'
import { explain } from '../api/explain.ts'
import type { Query } from '../api/use-query.ts'
import { isSaidAbove } from '../api/use-return.ts'
import { isEnded, may } from '../identity/identity.ts'
import { Icon } from '../parts/icon.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { hushToast } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { ActivityTab } from './activity-tab.tsx'
import { ReportTab } from './report-tab.tsx'
import { SalesTab } from './sales-tab.tsx'
import { SeatsTab } from './seats-tab.tsx'
import { type ShowAndVenue, useShowAndVenue } from './show-and-venue.ts'
import { ShowDesk } from './show-desk.ts'
import { ShowHead } from './show-head.tsx'
import { TermsTab } from './terms-tab.tsx'

/** One show: its house, live, and everything that can be done with it. */
export function ShowPage({ show, tab }: { show: string; tab: ShowTab }) {
  const query = useShowAndVenue(show)
  const api = client.value
  const isReader = may('journal')
  const desk = useMemo(() => new ShowDesk(show, api, isReader), [show, api, isReader])
  useEffect(() => () => desk.close(), [desk])
  useEffect(() => hushToast, [])
  useEffect(() => {
    if (!isEnded.value) desk.journal?.goOn()
  }, [desk, isEnded.value])
  useTitle(query.value?.show.title ?? show)
  if (query.value === null && query.error !== null) return <Missing query={query} />
  return (
    <section class={`show is-on-${tab}`}>
      {query.value === null ? (
        <WaitingHead />
      ) : (
        <ShowHead known={query.value} desk={desk} tab={tab} />
      )}
      {/* The house stays where it is: it holds the stream, and would be drawn anew. */}
      <div class="show-body" hidden={tab !== 'seats'}>
        <SeatsTab desk={desk} known={query.value} />
      </div>
      {query.value !== null && tab !== 'seats' && (
        <div class="page show-page">
          {tab === 'activity' && <ActivityTab desk={desk} />}
          {tab === 'sales' && <SalesTab desk={desk} />}
          {tab === 'report' && <ReportTab known={query.value} />}
          {tab === 'terms' && <TermsTab key={show} known={query.value} onChange={query.reload} />}
        </div>
      )}
    </section>
  )
}

function WaitingHead() {
  return (
    <div class="show-head">
      <div class="show-head-line">
        <Skeleton lines={2} label="Loading the show" />
      </div>
    </div>
  )
}

function Missing({ query }: { query: Query<ShowAndVenue> }) {
  const isUnknown = explain(query.error).code === 'show_unknown'
  return (
    <section class="page is-narrow">
      <div class="page-head">
        <h1>{isUnknown ? 'There is no such show' : 'The show cannot be loaded'}</h1>
      </div>
      {!isSaidAbove(query.error) && (
        <TroubleNote error={query.error} onRetry={isUnknown ? undefined : query.reload} />
      )}
      <p>
        <a class="button is-plain" href={hrefOf({ page: 'shows' })}>
          <Icon name="back" size={18} /> Back to the shows
        </a>
      </p>
    </section>
  )
}
