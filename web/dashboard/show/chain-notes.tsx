import { Fragment } from 'preact'
import { useState } from 'preact/hooks'
import { useQuery } from '../api/use-query.ts'
import { TroubleNote } from '../parts/trouble-note.tsx'
import { ChangeNotes } from './change-notes.tsx'
import type { Noteworthy } from './commands.ts'
import type { Chain } from './ledger.ts'
import type { ShowDesk } from './show-desk.ts'

interface NotesProps {
  readonly chain: Chain
  readonly desk: ShowDesk
  readonly mayChange: boolean
  /** Version of its last entry: the chain is the same object after it changed. */
  readonly version: number | undefined
}

/** Notes of the caller's own, folded away: the journal has them not, so they are read by the id. */
export function ChainNotes(props: NotesProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details class="history" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Notes</summary>
      {isOpen && <ReadNotes {...props} />}
    </details>
  )
}

function ReadNotes({ chain, desk, mayChange, version }: NotesProps) {
  const [isChanging, setChanging] = useState(false)
  const { client, key: show } = desk
  const query = useQuery<Noteworthy>(
    (options) => {
      if (chain.kind === 'hold') return client.getHold(show, chain.id, options)
      if (chain.kind === 'booking') return client.getBooking(show, chain.id, options)
      return client.getBlock(show, chain.id, options)
    },
    [chain.id, version],
  )
  if (query.error !== null) return <TroubleNote error={query.error} onRetry={query.reload} />
  if (query.value === null) return null
  const { metadata } = query.value
  const names = Object.keys(metadata)
  return (
    <div class="notes">
      {names.length === 0 && <p class="quiet">None yet.</p>}
      {names.length > 0 && (
        <dl class="facts">
          {names.map((name) => (
            <Fragment key={name}>
              <dt>{name}</dt>
              <dd>{metadata[name]}</dd>
            </Fragment>
          ))}
        </dl>
      )}
      {mayChange && (
        <button type="button" class="button is-small" onClick={() => setChanging(true)}>
          Change…
        </button>
      )}
      {isChanging && (
        <ChangeNotes
          desk={desk}
          chain={chain}
          of={query.value}
          onClose={() => setChanging(false)}
        />
      )}
    </div>
  )
}
