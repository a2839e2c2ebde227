import { useState } from 'preact/hooks'
import type { Show } from '../../../src/protocol/index.ts'
import { hrefOf } from '../address/routes.ts'
import { useTitle } from '../address/title.ts'
import { isReachable } from '../api/reachability.ts'
import { may } from '../identity/identity.ts'
import { Icon } from '../parts/icon.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { SignInHint } from '../session/sign-in-hint.tsx'
import { now } from '../time/clock.ts'
import { dayName } from './day-name.ts'
import { ShowRow } from './show-row.tsx'
import { type ShowsAndVenues, searchShows, useShows, type WhichShows } from './use-shows.ts'

const SHOWN_FIRST = 50

const WHICH: readonly (readonly [WhichShows, string])[] = [
  ['toCome', 'To come'],
  ['past', 'Past'],
  ['archived', 'Archived'],
]

/** Every show, the next one first, with how much of its house is taken, live. */
export function ShowsPage() {
  useTitle('Shows')
  const [which, choose] = useState<WhichShows>('toCome')
  const [text, setText] = useState('')
  const { value, error, reload } = useShows(which)
  return (
    <section class="page">
      <div class="page-head">
        <h1>Shows</h1>
        <div class="shows-tools">
          <label class="search">
            <Icon name="search" size={18} />
            <span class="unseen">Search shows</span>
            <input
              type="search"
              placeholder="Title, key or venue"
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
          </label>
          <fieldset class="switch" aria-label="Which shows">
            {WHICH.map(([name, text]) => (
              <button
                key={name}
                type="button"
                aria-pressed={which === name}
                onClick={() => choose(name)}
              >
                {text}
              </button>
            ))}
          </fieldset>
          {may('catalogue') && (
            <a class="button is-small shows-new" href={hrefOf({ page: 'new' })}>
              <Icon name="plus" size={16} /> New show
            </a>
          )}
        </div>
      </div>
      {!may('sell') && (
        <SignInHint>
          You are looking at what is public. Sign in to sell, block and create.
        </SignInHint>
      )}
      {error !== null && value === null && isReachable.value && (
        <TroubleNote error={error} onRetry={reload} />
      )}
      {value === null ? <Waiting /> : <Found all={value} text={text} which={which} />}
    </section>
  )
}

function Waiting() {
  return (
    <div class="card shows-day">
      <div class="shows-waiting">
        <Skeleton lines={9} label="Loading shows" />
      </div>
    </div>
  )
}

function Found(props: { all: ShowsAndVenues; text: string; which: WhichShows }) {
  const { all, text, which } = props
  const [shownMax, setShownMax] = useState(SHOWN_FIRST)
  const found = searchShows(all, text)
  if (all.shows.length === 0) return which === 'toCome' ? <NoShows /> : <None which={which} />
  if (found.length === 0) {
    return (
      <div class="empty">
        <Icon name="search" size={32} />
        <h2>No show matches “{text}”</h2>
        <p class="quiet">Title, key and venue are searched.</p>
      </div>
    )
  }
  return (
    <>
      {byDay(found.slice(0, shownMax), all).map(({ day, shows }) => (
        <section key={day} class="shows-day">
          <h2 class="shows-day-name">{day}</h2>
          <ul class="card">
            {shows.map((show) => (
              <ShowRow key={show.key} show={show} venue={all.venues.get(show.venue ?? '')} />
            ))}
          </ul>
        </section>
      ))}
      {found.length > shownMax && (
        <button type="button" class="button" onClick={() => setShownMax(shownMax + 100)}>
          Show more ({found.length - shownMax})
        </button>
      )}
      {!all.isWhole && (
        <p class="quiet">Only the first {all.shows.length} shows are listed and searched.</p>
      )}
    </>
  )
}

function byDay(shows: readonly Show[], { venues }: ShowsAndVenues) {
  const days: { day: string; shows: Show[] }[] = []
  for (const show of shows) {
    const timeZone = venues.get(show.venue ?? '')?.timeZone ?? null
    const day = dayName(Date.parse(show.startsAt), now.value, timeZone)
    const last = days.at(-1)
    if (last?.day === day) last.shows.push(show)
    else days.push({ day, shows: [show] })
  }
  return days
}

function None({ which }: { which: WhichShows }) {
  return (
    <div class="empty">
      <Icon name="calendar" size={32} />
      <h2>No {which} shows</h2>
    </div>
  )
}

function NoShows() {
  return (
    <div class="empty">
      <Icon name="calendar" size={32} />
      <h2>No shows yet</h2>
      {may('catalogue') ? (
        <>
          <p class="quiet">
            Create one from a seating plan, or load the demonstration, a cinema and a theatre to try
            things out: <code>npm run rowlock -- demo</code>
          </p>
          <a class="button is-primary" href={hrefOf({ page: 'new' })}>
            <Icon name="plus" size={18} /> New show
          </a>
        </>
      ) : (
        <p class="quiet">They appear here as soon as an operator has created one.</p>
      )}
    </div>
  )
}
