import { type Hold, type JournalEntry, STATUS_LETTERS } from '../../src/protocol/index.ts'
import { type Chain, chainIdOf, type Done, isInDoubt, nameOf, sameSeats } from './chains.ts'
import type { Check, Evidence } from './evidence.ts'
import { replayJournal } from './replay-journal.ts'

/** Everything that the journal can tell about the sale. Empty without one. */
export function checkJournal(evidence: Evidence, chains: ReadonlyMap<string, Chain>): Check[] {
  const { journal } = evidence.end
  if (journal === null) return []
  const replay = replayJournal(journal, evidence.show)
  return [
    {
      promise: 1,
      title: 'Replayed, no seat was ever taken from somebody who had it',
      count: replay.takenCount,
      breaches: replay.collisions,
    },
    {
      promise: 9,
      title: 'Every answer is in the journal, as it was answered',
      ...compareAnswers(journal, chains),
    },
    {
      promise: 9,
      title: 'The journal has no gaps, and nothing that nobody asked for',
      count: journal.length,
      breaches: [
        ...replay.gaps,
        ...(evidence.isOwnShow ? strangers(evidence, journal, chains) : []),
      ],
    },
    {
      promise: 9,
      title: 'Replaying the journal gives the seats as they are shown',
      ...compareHouse(evidence, journal, replay.letters),
    },
    {
      promise: 10,
      title: 'No holder ever had more seats than the show allows',
      count: evidence.show.maxSeatsPerHolder === null ? 0 : journal.length,
      breaches: replay.excesses,
    },
  ]
}

type Compared = Pick<Check, 'count' | 'breaches'>

function compareAnswers(
  journal: readonly JournalEntry[],
  chains: ReadonlyMap<string, Chain>,
): Compared {
  const entries = new Map(journal.map((entry) => [entry.version, entry]))
  const done = [...chains.values()].flatMap((chain) => chain.done)
  const breaches = done.flatMap((one) => {
    const wrong = compareEntry(one, entries.get(one.value.version))
    return wrong === null ? [] : [`${nameOf(one)}: ${wrong}`]
  })
  return { count: done.length, breaches }
}

function compareEntry({ value }: Done, entry: JournalEntry | undefined): string | null {
  if (!entry) return `version ${value.version} is not in the journal`
  if (entry.id === null || chainIdOf(entry.id) !== chainIdOf(value.id)) {
    return `version ${value.version} is about ${entry.id}`
  }
  if (!sameSeats(entry.seats, value.seats)) return `version ${value.version} has other seats`
  const { expiresAt, status } = value as Partial<Hold>
  if (status !== 'live' || expiresAt === entry.until) return null
  return `was to last until ${expiresAt}, and version ${value.version} says ${entry.until}`
}

/** Entries that no answer speaks of, beyond those that lost answers account for. */
function strangers(
  { log, end }: Evidence,
  journal: readonly JournalEntry[],
  chains: ReadonlyMap<string, Chain>,
): string[] {
  const answered = new Set(
    [...chains.values()].flatMap(({ done }) => done.map(({ value }) => value.version)),
  )
  const newOnes = log.filter((command) => command.target === null && isInDoubt(command)).length
  const unknown = journal.filter(({ id, kind, version }) => {
    if (answered.has(version) || kind === 'create') return false
    return id === null || chains.get(chainIdOf(id))?.isInDoubt !== true
  })
  const isNew = ({ kind, id }: JournalEntry) =>
    (kind === 'hold' || kind === 'book') && id !== null && !chains.has(chainIdOf(id))
  const made = unknown.filter(isNew)
  const changed = unknown.filter((entry) => !isNew(entry))
  return [
    ...changed.map(({ kind, id, version }) => `nobody asked for ${kind} of ${id} (${version})`),
    ...(made.length > newOnes
      ? [`${made.length} holds that nobody was told of, ${newOnes} answers were lost`]
      : []),
    ...(end.version === end.versionBefore
      ? []
      : [`asking again moved the show from version ${end.versionBefore} to ${end.version}`]),
  ]
}

function compareHouse(
  { end, isOwnShow }: Evidence,
  journal: readonly JournalEntry[],
  lettersAt: (at: number) => Map<string, string>,
): Compared {
  const last = journal.at(-1)
  // Others go on selling: the journal and the house are of two moments.
  if (!isOwnShow || !last) return { count: 0, breaches: [] }
  // Holds end between two readings, so only what lasts is compared.
  const letters = lettersAt(Date.parse(last.at))
  const breaches = [...end.statuses].flatMap(([seat, shown]) => {
    const told = letters.get(seat)
    const isBooked = (letter: string | undefined) => letter === STATUS_LETTERS.booked
    if (isBooked(shown) === isBooked(told)) return []
    return [`seat ${seat} is shown as "${shown}", the journal says "${told ?? 'a'}"`]
  })
  return { count: end.statuses.size, breaches }
}
