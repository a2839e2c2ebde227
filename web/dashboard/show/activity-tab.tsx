import { useState } from 'preact/hooks'
import { goTo } from '../address/routes.ts'
import { Icon } from '../parts/icon.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { nameOfActor } from '../session/actor-names.ts'
import { SignInHint } from '../session/sign-in-hint.tsx'
import { now } from '../time/clock.ts'
import { count } from '../time/format.ts'
import { describeEntry } from './describe-entry.ts'
import { EntryLine, newness } from './entry-line.tsx'
import type { LedgerEntry } from './ledger.ts'
import type { ShowDesk } from './show-desk.ts'

const SHOWN_FIRST = 100

/** Everything that ever changed the show: who, what, when. Live. */
export function ActivityTab({ desk }: { desk: ShowDesk }) {
  const [text, setText] = useState('')
  const [shownMax, setShownMax] = useState(SHOWN_FIRST)
  const state = desk.journal?.state.value ?? null
  if (state === null) return <SignInHint>Sign in to see who did what, and when.</SignInHint>
  const found = search(state.ledger.timeline(now.value), text)
  const shown = found.slice(-shownMax).toReversed()
  return (
    <>
      <div class="page-head">
        <h2>
          Activity <span class="quiet">{count(found.length)}</span>
        </h2>
        <label class="search">
          <Icon name="search" size={18} />
          <span class="unseen">Search the activity</span>
          <input
            type="search"
            placeholder="Seat, holder, who, what"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
      </div>
      {state.error !== null && (
        <TroubleNote error={state.error} onRetry={() => desk.journal?.readTo(0)} />
      )}
      {state.startVersion === null && found.length === 0 ? (
        <div class="card shows-waiting">
          <Skeleton lines={8} label="Reading the journal" />
        </div>
      ) : (
        <ul class="card entries">
          {shown.map((entry) => (
            <li key={entry.version} class={newness(entry, state)}>
              <EntryLine
                entry={entry}
                desk={desk}
                onOpen={() => goTo({ page: 'show', show: desk.key, tab: 'seats' })}
              />
            </li>
          ))}
          {shown.length === 0 && <li class="entries-none quiet">Nothing matches “{text}”.</li>}
        </ul>
      )}
      {found.length > shownMax && (
        <button type="button" class="button" onClick={() => setShownMax(shownMax + 200)}>
          Show more ({count(found.length - shownMax)})
        </button>
      )}
    </>
  )
}

function search(entries: readonly LedgerEntry[], text: string): readonly LedgerEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return entries
  return entries.filter((entry) => {
    const { verb, about } = describeEntry(entry)
    const seats = [...entry.seats, ...entry.freed].join(' ')
    const who = `${entry.actor} ${nameOfActor(entry.actor)}`
    const all = `${verb} ${about} ${who} ${entry.id ?? ''} ${seats}`.toLowerCase()
    return words.every((word) => all.split(/\s+/).some((one) => one.startsWith(word)))
  })
}
