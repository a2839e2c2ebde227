import { useRef, useState } from 'preact/hooks'
import { goTo } from '../address/routes.ts'
import { useTitle } from '../address/title.ts'
import { client } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { may } from '../identity/identity.ts'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { SignInHint } from '../session/sign-in-hint.tsx'
import { ownTimeZone } from '../time/zoned-time.ts'
import { ShowMaker } from './create-all.ts'
import { PlanStep } from './plan-step.tsx'
import { type Draft, draftMistakes, emptyDraft } from './show-draft.ts'
import { ShowStep } from './show-step.tsx'
import { usePlan } from './use-plan.ts'
import { VenueStep } from './venue-step.tsx'

const LISTED_MAX = 1_000

/** From nothing to a show on sale: a venue, a seating plan, a show. */
export function NewShowPage() {
  useTitle('New show')
  return (
    <section class="page is-narrow">
      <div class="page-head">
        <h1>New show</h1>
      </div>
      {!may('catalogue') ? (
        <SignInHint>Sign in as an operator to create venues, plans and shows.</SignInHint>
      ) : (
        <NewShowForm />
      )}
    </section>
  )
}

function NewShowForm() {
  const [draft, setDraft] = useState(() => emptyDraft(ownTimeZone()))
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const maker = useRef(new ShowMaker())
  const form = useRef<HTMLFormElement>(null)
  const planState = usePlan(draft.plan)
  const known = useKnown()
  const mistakes = draftMistakes(draft, planState.plan)
  const shown = isTried ? mistakes : {}
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const submit = async (event: Event) => {
    event.preventDefault()
    setTried(true)
    setError(null)
    if (Object.keys(mistakes).length > 0) return focusFirstMistake(form.current)
    setBusy(true)
    try {
      const show = await maker.current.create(client.value, draft, planState.format)
      say(`${show.title} is on sale.`)
      goTo({ page: 'show', show: show.key, tab: 'seats' })
    } catch (error) {
      setError(error)
      setBusy(false)
    }
  }
  return (
    <form ref={form} class="steps" onSubmit={submit} noValidate>
      <VenueStep
        venues={known?.venues ?? []}
        draft={draft.venue}
        mistakes={shown}
        onChange={(venue) => change({ venue })}
      />
      <PlanStep
        shows={known?.shows.filter(({ venue }) => venue === draft.venue.id) ?? []}
        draft={draft.plan}
        state={planState}
        wrong={shown.plan}
        onChange={(plan) => change({ plan })}
      />
      <ShowStep draft={draft} mistakes={shown} onChange={(show) => change({ show })} />
      {error !== null && <TroubleNote error={error} onDismiss={() => setError(null)} />}
      <div class="form-actions">
        <button type="submit" class="button is-primary" disabled={isBusy}>
          {isBusy ? 'Creating…' : 'Create and put on sale'}
        </button>
      </div>
    </form>
  )
}

function useKnown() {
  return useQuery(
    async (options) => {
      const [venues, shows] = await Promise.all([
        client.value.listVenues({ limit: LISTED_MAX }, options),
        client.value.listShows({ limit: LISTED_MAX }, options),
      ])
      return { venues: venues.items, shows: shows.items }
    },
    [client.value],
  ).value
}

/** After the fields have been marked. */
function focusFirstMistake(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => {
    const field = form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong] input')
    field?.focus()
  })
}
