import type {
  Availability,
  Booking,
  Hold,
  Journal,
  JournalEntry,
  Statuses,
} from '../../src/protocol/index.ts'
import { type AnswerLog, isBooking, type RecordedCommand } from '../answer-log.ts'
import type { Api } from '../api.ts'
import { eachAtOnce } from '../each-at-once.ts'
import { fetchValue, StageError } from '../fetch-value.ts'
import type { Sale } from '../sale.ts'
import { askAgain } from '../shoppers/carry-out.ts'
import type { Stage } from '../stage.ts'
import { chainsOf, effectsOf } from './chains.ts'
import type { EndState } from './evidence.ts'

const AT_ONCE = 64
/** More commands than these are a sample; it is spread evenly over the sale. */
const ASKED_AGAIN_MAX = 20_000
const JOURNAL_PAGE = 1_000

/**
 * Reads how the show is when all is over. Before that, every answered command that changed
 * something is asked for once more, on another server: the answer goes into the log.
 */
export async function readEndState(sale: Sale, stage: Stage): Promise<EndState> {
  const { api, show, commands } = sale
  const versionBefore = (await readStatuses(api, show.key)).version
  await askEverythingAgain(sale)
  const { version, statuses } = await readStatuses(api, show.key)
  const availability = await get<Availability>(api, 'getAvailability', `${show.key}/availability`)
  const { labels } = sale.house.map.seats
  return {
    ...(await readHoldsAndBookings(api, show.key, commands)),
    version,
    versionBefore,
    counts: availability.counts,
    statuses: new Map(labels.map((label, seat) => [label, statuses[seat] ?? ''])),
    journal: api.operatorKey === null ? null : await readJournal(api, show.key),
    violations: stage.check === null ? null : await stage.check(show.key),
  }
}

async function askEverythingAgain(sale: Sale): Promise<void> {
  const effects = [...effectsOf(chainsOf(sale.commands).values())]
  const step = Math.max(1, effects.length / ASKED_AGAIN_MAX)
  const sample = effects.filter((_, index) => Math.floor(index % step) === 0)
  await eachAtOnce(sample, AT_ONCE, async (command: RecordedCommand) => {
    const first = command.answers.find(({ done }) => done !== null)
    await askAgain(sale, command, sale.api.after(first?.server ?? 0))
  })
}

async function readHoldsAndBookings(
  api: Api,
  show: string,
  log: AnswerLog,
): Promise<Pick<EndState, 'holds' | 'bookings'>> {
  const bookings = new Map<string, Booking | null>()
  const holds = new Map<string, Hold | null>()
  for (const { answers } of log) {
    for (const { done } of answers) {
      if (done) (isBooking(done) ? bookings : holds).set(done.id, null)
    }
  }
  const read = async <Value>(values: Map<string, Value | null>, what: string, id: string) => {
    const path = `/v1/shows/${show}/${what}/${id}`
    const call = { operation: `get ${what}`, method: 'GET', path } as const
    values.set(id, await fetchValue<Value>(api, call))
  }
  await eachAtOnce([...bookings.keys()], AT_ONCE, (id) => read(bookings, 'bookings', id))
  await eachAtOnce([...holds.keys()], AT_ONCE, (id) => read(holds, 'holds', id))
  return { bookings, holds }
}

function readStatuses(api: Api, show: string): Promise<Statuses> {
  return get<Statuses>(api, 'getStatuses', `${show}/statuses`)
}

async function readJournal(api: Api, show: string): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = []
  for (let after = 0; ; after = entries.at(-1)?.version ?? after) {
    const path = `${show}/journal?limit=${JOURNAL_PAGE}&after=${after}`
    const { items, next } = await get<Journal>(api, 'listJournal', path)
    entries.push(...items)
    if (next === null) return entries
  }
}

async function get<Value>(api: Api, operation: string, path: string): Promise<Value> {
  const call = { operation, method: 'GET', path: `/v1/shows/${path}` } as const
  const asOperator = operation === 'listJournal'
  const value = await fetchValue<Value>(api, { ...call, asOperator })
  if (value === null) throw new StageError(`${operation} found nothing.`)
  return value
}
