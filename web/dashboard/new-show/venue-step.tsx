import type { Venue } from '../../../src/protocol/index.ts'
import { Field, TextField } from '../parts/field.tsx'
import { TimeZoneField } from '../parts/time-zone-field.tsx'
import type { VenueDraft } from './show-draft.ts'

/** Chooses one of the existing venues, or a new one. */
export function VenueStep(props: {
  venues: readonly Venue[]
  draft: VenueDraft
  mistakes: { venue?: string; timeZone?: string }
  onChange: (draft: VenueDraft) => void
}) {
  const { venues, draft, mistakes, onChange } = props
  const choose = (id: string) => {
    const venue = venues.find((one) => one.id === id)
    const timeZone = venue?.timeZone ?? draft.timeZone
    onChange({ ...draft, id: venue?.id ?? null, timeZone })
  }
  return (
    <section class="card step" aria-labelledby="step-venue">
      <h2 id="step-venue">
        <span class="step-number">1</span> Venue
      </h2>
      {venues.length > 0 && (
        <Field label="Where">
          {(tied) => (
            <select
              {...tied}
              value={draft.id ?? ''}
              onChange={({ currentTarget }) => choose(currentTarget.value)}
            >
              <option value="">A new venue</option>
              {venues.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {draft.id === null && (
        <div class="fields">
          <TextField
            label="Name of the venue"
            value={draft.name}
            wrong={mistakes.venue}
            onInput={(name) => onChange({ ...draft, name })}
            maxLength={200}
          />
          <TimeZoneField
            value={draft.timeZone}
            wrong={mistakes.timeZone}
            onInput={(timeZone) => onChange({ ...draft, timeZone })}
          />
        </div>
      )}
    </section>
  )
}
