import { When } from '../parts/when.tsx'
import { nameOfActor } from '../session/actor-names.ts'
import { now } from '../time/clock.ts'
import { describeEntry } from './describe-entry.ts'
import type { JournalState } from './journal-feed.ts'
import { isLive, type LedgerEntry } from './ledger.ts'
import type { ShowDesk } from './show-desk.ts'

/** The class of a line: one that came while the page was open shows that it did. */
export function newness({ version }: LedgerEntry, { startVersion }: JournalState): string {
  return startVersion !== null && version > startVersion ? 'is-new' : ''
}

/** One entry of the journal; opens what it is about. */
export function EntryLine(props: { entry: LedgerEntry; desk: ShowDesk; onOpen?: () => void }) {
  const { entry, desk, onOpen } = props
  const { verb, what, about, look } = describeEntry(entry, desk.list)
  const words = (
    <>
      <span class={`dot is-${look}`} aria-hidden="true" />
      <span class="line-what">
        <b>{verb}</b> {what} {about !== '' && <span class="quiet">{about}</span>}
      </span>
      <span class="line-who quiet">{entry.actor === '' ? '' : nameOfActor(entry.actor)}</span>
      <span class="line-time quiet">
        <When at={entry.at} />
      </span>
    </>
  )
  if (entry.id === null) return <div class="line">{words}</div>
  const open = () => {
    const chain = desk.journal?.state.peek().ledger.chain(entry.id ?? '') ?? null
    if (chain === null) return
    desk.open(chain.id, isLive(chain, now.peek()) ? chain.seats : [])
    onOpen?.()
  }
  return (
    <button type="button" class="line" onClick={open}>
      {words}
    </button>
  )
}
