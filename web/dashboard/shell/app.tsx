import { useLayoutEffect, useRef } from 'preact/hooks'
import { AccessPage } from '../access/access-page.tsx'
import { KeyPage } from '../access/key-page.tsx'
import { AccountPage } from '../account/account-page.tsx'
import { hrefOf, type Route, route } from '../address/routes.ts'
import { isSettled } from '../identity/identity.ts'
import { NewShowPage } from '../new-show/new-show-page.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { ToastPlace } from '../parts/toast.tsx'
import { EndedSession } from '../session/ended-session.tsx'
import { FinishAccount } from '../session/finish-account.tsx'
import { SignInDialog } from '../session/sign-in-dialog.tsx'
import { SwitchDialog } from '../session/switch-dialog.tsx'
import { ShowPage } from '../show/show-page.tsx'
import { ShowsPage } from '../shows/shows-page.tsx'
import { SystemPage } from '../system/system-page.tsx'
import { VenuePage } from '../venues/venue-page.tsx'
import { VenuesPage } from '../venues/venues-page.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { Header } from './header.tsx'

/** The whole page: the bar on top, the page of the route, and what floats over both. */
export function App() {
  const main = useRef<HTMLElement>(null)
  const place = placeOf(route.value)
  const before = useRef(place)
  useLayoutEffect(() => {
    if (before.current === place) return
    before.current = place
    // A new page begins at its top, also for the keyboard and for screen readers.
    scrollTo(0, 0)
    main.current?.focus({ preventScroll: true })
  }, [place])
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <Header />
      <ConnectionBanner />
      <main id="main" ref={main} tabIndex={-1}>
        <EndedSession />
        {/* Once, where everybody begins: at work it would push the house out of the window. */}
        {route.value.page === 'shows' && <FinishAccount />}
        {isSettled.value ? <Page at={route.value} /> : <Waiting />}
      </main>
      <SignInDialog />
      <SwitchDialog />
      <ToastPlace />
    </>
  )
}

function Page({ at }: { at: Route }) {
  switch (at.page) {
    case 'shows':
      return <ShowsPage />
    case 'show':
      return <ShowPage key={at.show} show={at.show} tab={at.tab} />
    case 'venues':
      return <VenuesPage />
    case 'venue':
      return <VenuePage key={at.venue} venue={at.venue} />
    case 'new':
      return <NewShowPage />
    case 'system':
      return <SystemPage />
    case 'access':
      return <AccessPage tab={at.tab} />
    case 'key':
      return <KeyPage key={at.key} id={at.key} />
    case 'account':
      return <AccountPage />
    case 'unknown':
      return <Nowhere />
  }
}

/** Until it is known who is here: a page for somebody else would jump. */
function Waiting() {
  return (
    <section class="page">
      <Skeleton lines={4} label="Loading" />
    </section>
  )
}

function Nowhere() {
  return (
    <section class="page is-narrow">
      <h1>Page not found</h1>
      <p>The dashboard has no page at this address.</p>
      <p>
        <a href={hrefOf({ page: 'shows' })}>Back to the shows</a>
      </p>
    </section>
  )
}

/** The tabs of one show are one place. */
function placeOf(at: Route): string {
  if (at.page === 'venue') return `venue ${at.venue}`
  if (at.page === 'key') return `key ${at.key}`
  return at.page === 'show' ? `show ${at.show}` : at.page
}
