import { useState } from 'preact/hooks'
import type { Show } from '../../../src/protocol/index.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import { Field, TextField } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { MistakeList } from '../parts/trouble-note.tsx'
import { count, plural } from '../time/format.ts'
import { ColumnMapping } from './column-mapping.tsx'
import { SummaryList, WarningList } from './plan-findings.tsx'
import { PlanPreview } from './plan-preview.tsx'
import type { PlanDraft } from './show-draft.ts'
import type { PlanState } from './use-plan.ts'

const KINDS = { file: 'A file', grid: 'A grid', known: 'In use' } as const
const FORMATS = {
  grid: 'Grid',
  rowlock: 'Rowlock JSON',
  csv: 'CSV',
  pretix: 'pretix seating plan',
  seatsio: 'seats.io chart',
} as const

interface PlanStepProps {
  /** Shows of the venue, whose plans can be used again. */
  readonly shows: readonly Show[]
  readonly draft: PlanDraft
  readonly state: PlanState
  readonly wrong: string | undefined
  readonly onChange: (draft: PlanDraft) => void
}

/** The seats: from a file, a grid, or a plan that another show of the venue has. */
export function PlanStep(props: PlanStepProps) {
  const { shows, draft, state, wrong, onChange } = props
  const kinds = (['file', 'grid', 'known'] as const).filter(
    (kind) => kind !== 'known' || shows.length > 0,
  )
  return (
    <section
      class="card step"
      aria-labelledby="step-plan"
      {...(wrong !== undefined && { 'data-wrong': 'yes' })}
    >
      <h2 id="step-plan">
        <span class="step-number">2</span> Seating plan
      </h2>
      <fieldset class="switch" aria-label="Where the plan comes from">
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={draft.kind === kind}
            onClick={() => onChange({ ...draft, kind })}
          >
            {KINDS[kind]}
          </button>
        ))}
      </fieldset>
      {draft.kind === 'file' && <PlanFile draft={draft} onChange={onChange} />}
      {draft.kind === 'grid' && <Grid draft={draft} onChange={onChange} />}
      {draft.kind === 'known' && <KnownPlans shows={shows} draft={draft} onChange={onChange} />}
      {wrong !== undefined && (
        <p class="field-wrong" role="alert">
          {wrong}
        </p>
      )}
      {state.mistakes.length > 0 && (
        <div class="note is-trouble" role="alert">
          <Icon name="warning" />
          <div class="note-text">
            <p class="note-title">
              The plan has {plural(state.mistakes.length, 'mistake')}. Nothing is stored yet.
            </p>
            <MistakeList mistakes={state.mistakes} />
          </div>
        </div>
      )}
      {draft.kind === 'file' && state.sample !== null && (
        <ColumnMapping
          sample={state.sample}
          options={draft.options}
          onChange={(options) => onChange({ ...draft, options })}
        />
      )}
      {draft.kind !== 'known' && <Preview state={state} />}
    </section>
  )
}

function Preview({ state }: { state: PlanState }) {
  const { plan, format } = state
  if (plan === null) {
    return <div class="preview is-empty quiet">You’ll see the plan here before it’s saved.</div>
  }
  return (
    <>
      <p class="plan-words">
        <b>{plural(plan.seats.length, 'seat')}</b>
        {format !== null && <span class="badge">{FORMATS[format]}</span>}
      </p>
      {state.summary !== null && <SummaryList summary={state.summary} />}
      <WarningList warnings={state.warnings} />
      <PlanPreview plan={plan} />
    </>
  )
}

type PartProps = Pick<PlanStepProps, 'draft' | 'onChange'>

function PlanFile({ draft, onChange }: PartProps) {
  const [isOver, setOver] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    if (file.size > LIMITS.planBytesMax) {
      return setWrong(`The file is larger than ${count(LIMITS.planBytesMax / 1_048_576)} MB.`)
    }
    const { readText } = await import('./read-plan.ts')
    const read = readText(new Uint8Array(await file.arrayBuffer()))
    if ('wrong' in read) return setWrong(read.wrong)
    setWrong(null)
    onChange({ ...draft, fileName: file.name, fileText: read.text, options: {} })
  }
  return (
    <Field label="Plan file" wrong={wrong}>
      {(tied) => (
        // Dropping is a convenience: the field inside does the same by keyboard.
        // biome-ignore lint/a11y/noStaticElementInteractions: the file field is the control.
        <div
          class={`drop ${isOver ? 'is-over' : ''}`}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault()
            setOver(false)
            void take(event.dataTransfer?.files[0])
          }}
        >
          <Icon name="upload" size={24} />
          <span>Drop a file here, or choose one:</span>
          <input
            {...tied}
            type="file"
            accept=".json,.csv,.tsv,.txt,application/json,text/csv"
            onChange={({ currentTarget }) => void take(currentTarget.files?.[0])}
          />
          <span class="quiet">
            CSV, Rowlock JSON, a grid, pretix or seats.io: the format is detected.
          </span>
        </div>
      )}
    </Field>
  )
}

function Grid({ draft, onChange }: PartProps) {
  return (
    <div class="fields">
      <TextField
        label="Rows"
        hint="A-J, 1-20, or A,B,C"
        value={draft.rows}
        onInput={(rows) => onChange({ ...draft, rows })}
      />
      <TextField
        label="Seats per row"
        type="number"
        min={1}
        max={1000}
        value={draft.seatsPerRow}
        onInput={(seatsPerRow) => onChange({ ...draft, seatsPerRow })}
      />
    </div>
  )
}

function KnownPlans({ shows, draft, onChange }: PartProps & Pick<PlanStepProps, 'shows'>) {
  const plans = new Map(shows.map((show) => [show.plan, show]))
  return (
    <Field label="The plan of">
      {(tied) => (
        <select
          {...tied}
          value={draft.knownPlan}
          onChange={({ currentTarget }) => onChange({ ...draft, knownPlan: currentTarget.value })}
        >
          <option value="">Choose a show</option>
          {[...plans].map(([plan, show]) => (
            <option key={plan} value={plan}>
              {show.title} ({plural(show.seatCount, 'seat')})
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
