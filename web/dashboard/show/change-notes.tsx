import { useState } from 'preact/hooks'
import { Field, TextField } from '../parts/field.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { type Noted, type Noteworthy, noteOn } from './commands.ts'
import type { Chain } from './ledger.ts'
import type { ShowDesk } from './show-desk.ts'

const TITLES = {
  hold: 'Change the hold',
  booking: 'Change the booking',
  block: 'Change the block',
} as const

/** Form for what is said beside seats: why, for whom, which reference, and notes. */
export function ChangeNotes(props: {
  desk: ShowDesk
  chain: Chain
  of: Noteworthy
  onClose: () => void
}) {
  const { desk, chain, of: known, onClose } = props
  const [reason, setReason] = useState('reason' in known ? known.reason : '')
  const [holder, setHolder] = useState(known.holder ?? '')
  const [reference, setReference] = useState(known.reference ?? '')
  const [notes, setNotes] = useState(linesOf(known.metadata))
  const metadata = notesIn(notes)
  const submit = async () => {
    const said = {
      ...(chain.kind === 'block' && { reason }),
      ...(chain.kind !== 'booking' && { holder }),
      reference,
    }
    const noted: Noted = {
      ...changesOf(said, known),
      ...(notes !== linesOf(known.metadata) && metadata !== null && { metadata }),
    }
    if (Object.keys(noted).length > 0) await noteOn(desk, chain, noted)
    onClose()
  }
  return (
    <FormDialog
      title={TITLES[chain.kind]}
      action="Save"
      isReady={metadata !== null}
      submit={submit}
      onClose={onClose}
    >
      {chain.kind === 'block' && (
        <TextField label="Why" value={reason} onInput={setReason} maxLength={200} required />
      )}
      {chain.kind !== 'booking' && (
        <TextField label="For" value={holder} onInput={setHolder} maxLength={120} />
      )}
      <TextField label="Reference" value={reference} onInput={setReference} maxLength={200} />
      <Field
        label="Notes"
        hint="One to a line, such as invoice: 2026-118. The seat map does not show them."
        wrong={metadata === null ? 'Each line needs a name, a colon and some text.' : undefined}
      >
        {(tied) => (
          <textarea
            {...tied}
            rows={4}
            value={notes}
            onInput={({ currentTarget }) => setNotes(currentTarget.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}

/** The words that are other ones now. What is empty now is taken away. */
function changesOf(said: Readonly<Record<string, string>>, known: object): Noted {
  const before = known as Readonly<Record<string, unknown>>
  const now = Object.entries(said).map(([name, text]) => [name, text.trim() || null] as const)
  return Object.fromEntries(now.filter(([name, text]) => text !== (before[name] ?? null)))
}

function linesOf(metadata: Readonly<Record<string, string>>): string {
  return Object.entries(metadata)
    .map(([name, text]) => `${name}: ${text}`)
    .join('\n')
}

/** `invoice: 118` on each line, as notes; null where a line is none. */
function notesIn(lines: string): Record<string, string> | null {
  const pairs = lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) =>
      /^([^:]+):(.+)$/
        .exec(line)
        ?.slice(1)
        .map((part) => part.trim()),
    )
  if (pairs.some((pair) => pair?.some((part) => part === '') ?? true)) return null
  return Object.fromEntries(pairs as [string, string][])
}
