import { useState } from 'preact/hooks'
import { client } from '../api/client.ts'
import { may } from '../identity/identity.ts'
import { ConfirmByChoice } from '../parts/confirm-by.tsx'
import { TextField } from '../parts/field.tsx'
import { say } from '../parts/toast.tsx'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { SignInHint } from '../session/sign-in-hint.tsx'
import { ownTimeZone } from '../time/zoned-time.ts'
import { CancelShow } from './cancel-show.tsx'
import { PutAway } from './put-away.tsx'
import { RepeatShow } from './repeat-show.tsx'
import type { ShowAndVenue } from './show-and-venue.ts'
import { changesOf, draftOf, type TermsDraft, type TermsMistakes } from './terms-draft.ts'

/** Form for the terms on which the show is sold; only what was changed is sent. */
export function TermsTab({ known, onChange }: { known: ShowAndVenue; onChange: () => void }) {
  const { show, venue } = known
  const timeZone = venue?.timeZone ?? null
  const [draft, setDraft] = useState(() => draftOf(show, timeZone))
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { changes, mistakes } = changesOf(draft, show, timeZone)
  const isChanged = Object.keys(changes).length > 0 && Object.keys(mistakes).length === 0
  const save = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      setDraft(draftOf(await client.value.changeShow(show.key, changes), timeZone))
      say('Terms changed. Existing holds keep their time.')
      onChange()
    } catch (error) {
      setError(error)
    }
    setBusy(false)
  }
  const mayChange = may('catalogue')
  return (
    <div class="terms">
      <h2>Terms</h2>
      {!mayChange && <SignInHint>Sign in to change the terms.</SignInHint>}
      <form class="card terms-form" onSubmit={save}>
        <fieldset disabled={!mayChange || isBusy}>
          <TermsFields
            draft={draft}
            mistakes={mistakes}
            zone={timeZone ?? ownTimeZone()}
            onChange={(change) => setDraft({ ...draft, ...change })}
          />
          {error !== null && <TroubleNote error={error} onDismiss={() => setError(null)} />}
          <div class="form-actions">
            <button type="submit" class="button is-primary" disabled={!isChanged || isBusy}>
              {isBusy ? 'Saving…' : 'Save changes'}
            </button>
            <button
              type="button"
              class="button is-plain"
              disabled={!isChanged && Object.keys(mistakes).length === 0}
              onClick={() => setDraft(draftOf(show, timeZone))}
            >
              Discard
            </button>
          </div>
        </fieldset>
      </form>
      {mayChange && (
        <>
          <RepeatShow show={show} timeZone={timeZone} />
          <CancelShow show={show} onChange={onChange} />
          <PutAway show={show} onChange={onChange} />
        </>
      )}
    </div>
  )
}

interface FieldsProps {
  readonly draft: TermsDraft
  readonly mistakes: TermsMistakes
  readonly zone: string
  readonly onChange: (change: Partial<TermsDraft>) => void
}

function TermsFields(props: FieldsProps) {
  const { draft, mistakes, onChange } = props
  return (
    <>
      <div class="fields">
        <TextField
          label="Title"
          value={draft.title}
          wrong={mistakes.title}
          onInput={(title) => onChange({ title })}
          maxLength={200}
        />
        <TimeField {...props} name="startsAt" label="Starts" hint={`Time in ${props.zone}`} />
      </div>
      <h3>Sales window</h3>
      <div class="fields">
        <TimeField {...props} name="salesFrom" label="From" hint="Leave empty to sell at once" />
        <TimeField
          {...props}
          name="salesUntil"
          label="Until"
          hint="Leave empty to sell until the start"
        />
      </div>
      <h3>Holds, in minutes</h3>
      <div class="fields">
        <NumberField {...props} name="holdSeconds" label="Usual" />
        <NumberField {...props} name="holdSecondsMax" label="Longest" />
        <NumberField {...props} name="holdLifeSecondsMax" label="Longest, with extensions" />
      </div>
      <h3>Limits</h3>
      <div class="fields">
        <NumberField {...props} name="maxSeatsPerHold" label="Seats per hold or booking" />
        <NumberField
          {...props}
          name="maxSeatsPerHolder"
          label="Seats per holder"
          hint="Leave empty for no limit"
        />
      </div>
      <ConfirmByChoice value={draft.confirmBy} onChange={(confirmBy) => onChange({ confirmBy })} />
      <Tick
        label="Never leave a single seat on its own"
        isOn={draft.refuseOrphans}
        onChange={(refuseOrphans) => onChange({ refuseOrphans })}
      />
      <Tick
        label="Bookings can be cancelled"
        isOn={draft.cancellable}
        onChange={(cancellable) => onChange({ cancellable })}
      />
    </>
  )
}

type TextName = Exclude<keyof TermsDraft, 'refuseOrphans' | 'cancellable' | 'confirmBy'>

function TimeField(props: FieldsProps & { name: TextName; label: string; hint?: string }) {
  const { draft, mistakes, name, label, hint, onChange } = props
  return (
    <TextField
      label={label}
      type="datetime-local"
      value={draft[name]}
      wrong={mistakes[name]}
      onInput={(value) => onChange({ [name]: value })}
      {...(hint !== undefined && { hint })}
    />
  )
}

function NumberField(props: FieldsProps & { name: TextName; label: string; hint?: string }) {
  const { draft, mistakes, name, label, hint, onChange } = props
  return (
    <TextField
      label={label}
      type="number"
      min={0}
      value={draft[name]}
      wrong={mistakes[name]}
      onInput={(value) => onChange({ [name]: value })}
      {...(hint !== undefined && { hint })}
    />
  )
}

function Tick(props: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={props.isOn}
        onChange={({ currentTarget }) => props.onChange(currentTarget.checked)}
      />
      {props.label}
    </label>
  )
}
