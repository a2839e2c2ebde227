import { useState } from 'preact/hooks'
import type { Plan, Show } from '../../../src/protocol/index.ts'
import { Field, TextField } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { type Asked, bookSeats, holdSeats } from './commands.ts'
import type { ShowDesk } from './show-desk.ts'

/** Wish by which the best seats are asked. */
interface Wish {
  readonly quantity: number
  readonly section: string
  readonly category: string
  readonly holder: string
}

/** Nothing is picked: say how to, or let the engine choose the best seats. */
export function BestCard(props: { desk: ShowDesk; show: Show; plan: Plan | null }) {
  const { desk, show, plan } = props
  const [wish, setWish] = useState<Wish>({ quantity: 2, section: '', category: '', holder: '' })
  const isArea = isAreaOf(plan, wish.section)
  const asked = askedBy(wish, isArea)
  const forWhom = { holder: wish.holder.trim(), reference: '' }
  const isIdle = desk.isBusy.value || !Number.isInteger(wish.quantity) || wish.quantity < 1
  return (
    <section class="deal is-best">
      <h2>
        <Icon name="star" size={18} /> Best seats
      </h2>
      <p class="quiet">
        Pick seats on the map
        <span class="for-mouse">; hold Shift and drag to pick many</span>. Or let Rowlock choose the
        best ones, side by side.
      </p>
      <form
        class="deal-form"
        onSubmit={(event) => {
          event.preventDefault()
          void holdSeats(desk, asked, { ...forWhom, holdSeconds: null })
        }}
      >
        <WishFields show={show} plan={plan} wish={wish} isArea={isArea} onChange={setWish} />
        <div class="deal-actions">
          <button type="submit" class="button is-primary" disabled={isIdle}>
            <Icon name="clock" size={18} /> Hold best
          </button>
          <button
            type="button"
            class="button"
            disabled={isIdle}
            onClick={() => void bookSeats(desk, asked, forWhom)}
          >
            <Icon name="book" size={18} /> Book best
          </button>
        </div>
      </form>
    </section>
  )
}

/** Places of a general admission section are asked for by quantity: none is better. */
function isAreaOf(plan: Plan | null, section: string): boolean {
  const found = plan?.sections.find(({ key }) => key === section)
  return found?.generalAdmission === true
}

function askedBy({ quantity, section, category }: Wish, isArea: boolean): Asked {
  if (isArea) return { places: [{ section, quantity }] }
  return { best: { quantity, ...(section && { section }), ...(category && { category }) } }
}

function WishFields(props: {
  show: Show
  plan: Plan | null
  wish: Wish
  isArea: boolean
  onChange: (wish: Wish) => void
}) {
  const { show, plan, wish, isArea, onChange } = props
  const change = (part: Partial<Wish>) => onChange({ ...wish, ...part })
  const sections = plan?.sections ?? []
  const categories = isArea ? [] : (plan?.categories ?? [])
  return (
    <div class="deal-fields">
      <TextField
        label="How many"
        type="number"
        min={1}
        max={show.maxSeatsPerHold}
        value={String(wish.quantity)}
        onInput={(text) => change({ quantity: Number(text) })}
      />
      <TextField
        label="For"
        placeholder="Name"
        value={wish.holder}
        onInput={(holder) => change({ holder })}
        maxLength={120}
      />
      {sections.length > 1 && (
        <Choice
          label="Section"
          all="Anywhere"
          value={wish.section}
          onChange={(section) => change({ section })}
          parts={sections}
        />
      )}
      {categories.length > 1 && (
        <Choice
          label="Category"
          all="Any"
          value={wish.category}
          onChange={(category) => change({ category })}
          parts={categories}
        />
      )}
    </div>
  )
}

function Choice(props: {
  label: string
  all: string
  value: string
  onChange: (key: string) => void
  parts: readonly { key: string; name: string; generalAdmission?: boolean }[]
}) {
  const { label, all, value, onChange, parts } = props
  return (
    <Field label={label}>
      {(tied) => (
        <select
          {...tied}
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        >
          <option value="">{all}</option>
          {parts.map(({ key, name, generalAdmission }) => (
            <option key={key} value={key}>
              {generalAdmission === true ? `${name} (places)` : name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
