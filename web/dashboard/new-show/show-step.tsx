import { ConfirmByChoice } from '../parts/confirm-by.tsx'
import { TextField } from '../parts/field.tsx'
import { ownTimeZone } from '../time/zoned-time.ts'
import { type Draft, keyFor, type ShowDraft, zoneOf } from './show-draft.ts'

/** Step that asks what is on and when, and under which key it is known. */
export function ShowStep(props: {
  draft: Draft
  mistakes: { title?: string; startsAt?: string; key?: string }
  onChange: (draft: ShowDraft) => void
}) {
  const { mistakes, onChange } = props
  const { show, venue } = props.draft
  const change = (part: Partial<ShowDraft>) => {
    const next = { ...show, ...part }
    onChange(next.isOwnKey ? next : { ...next, key: keyFor(next.title, next.startsAt) })
  }
  return (
    <section class="card step" aria-labelledby="step-show">
      <h2 id="step-show">
        <span class="step-number">3</span> Show
      </h2>
      <div class="fields">
        <TextField
          label="Title"
          value={show.title}
          wrong={mistakes.title}
          onInput={(title) => change({ title })}
          maxLength={200}
        />
        <TextField
          label="Starts"
          type="datetime-local"
          value={show.startsAt}
          wrong={mistakes.startsAt}
          hint={`Time in ${zoneOf(venue) ?? ownTimeZone()}`}
          onInput={(startsAt) => change({ startsAt })}
        />
        <TextField
          label="Key"
          value={show.key}
          wrong={mistakes.key}
          hint="Part of the show’s address. You can’t change it later."
          onInput={(key) => change({ key, isOwnKey: key !== '' })}
          maxLength={100}
        />
      </div>
      <ConfirmByChoice value={show.confirmBy} onChange={(confirmBy) => change({ confirmBy })} />
      <details class="more">
        <summary>Terms</summary>
        <div class="fields">
          <TextField
            label="Holds last, in minutes"
            type="number"
            min={0}
            value={show.holdMinutes}
            onInput={(holdMinutes) => change({ holdMinutes })}
          />
          <TextField
            label="Seats per hold or booking"
            type="number"
            min={1}
            value={show.maxSeatsPerHold}
            onInput={(maxSeatsPerHold) => change({ maxSeatsPerHold })}
          />
        </div>
        <p class="quiet">Everything else can be changed later under Terms.</p>
      </details>
    </section>
  )
}
