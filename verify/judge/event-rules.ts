/**
 * Judge of single events, against the journal: who is told of an entry gets it as it is, by a
 * webhook or in a page of the feed.
 */
import { chainOf, type Delivery, type Entry } from '../history/history.ts'
import type { ShowCase } from './show-case.ts'
import type { Step } from './timeline.ts'
import { differences, seatsIn } from './write-rules.ts'

/** An event, however somebody came by it. */
export type Told = Pick<Delivery, 'id' | 'type' | 'show' | 'version' | 'at' | 'data'>

/** The type of a hold's end, which no entry tells of. */
export const EXPIRED = 'hold.expired'

/** The type of the event of an entry: of some kinds it depends on what is left. */
const TYPES: Readonly<Record<string, (entry: Entry) => string>> = {
  hold: () => 'hold.created',
  extend: () => 'hold.extended',
  change: () => 'hold.changed',
  release: ({ seats }) => (seats.length === 0 ? 'hold.released' : 'hold.changed'),
  confirm: () => 'booking.created',
  book: () => 'booking.created',
  cancel: ({ seats }) => (seats.length === 0 ? 'booking.cancelled' : 'booking.changed'),
  swap: () => 'booking.changed',
  transfer: ({ freed }) => (freed.length > 0 ? 'booking.changed' : 'booking.transferred'),
  amend: () => 'booking.changed',
  block: () => 'block.created',
  describe: () => 'block.changed',
  unblock: () => 'block.released',
}

/** Judges an event of an entry: its type, its time, and what it is about, as it was then. */
export function judgeEvent(one: ShowCase, told: Told, step: Step): void {
  const { id, type, version } = told
  const { entry, chain } = step
  const wrong = placesOf(one, told, entry.at)
  // Changes of the show itself are not what its seats are judged by.
  const expected = chain === null ? null : TYPES[entry.kind]?.(entry)
  const isOfType = chain === null ? type.startsWith('show.') : type === expected
  if (!isOfType) wrong.push(`${type}, and the entry is ${expected ?? entry.kind}`)
  if (chain !== null) wrong.push(...dataOf(told, step, step.at))
  say(one, `${id}, version ${version}`, wrong)
}

/**
 * Judges a hold that is told to be over: it had that end and these seats when it came, and was
 * neither extended nor booked before.
 */
export function judgeExpiry(one: ShowCase, told: Told): void {
  const { timeline, clock } = one
  const { id, at, version, data } = told
  const step = timeline.step(version)
  const isMeant = step?.kind === 'held' && step.chain === chainOf(String(data.id))
  const hasEnd = step?.until === Date.parse(at) && step.entry.seats.length > 0
  if (!isMeant || !hasEnd || step.at > step.until) {
    say(one, id, [`${data.id} was not over at ${at}`])
    return
  }
  const next = timeline.chainSteps(step.chain).find(({ entry }) => entry.version > version)
  const wrong = [...placesOf(one, told, at), ...dataOf(told, step, step.until)]
  // After the clock ran back, what was over had some time left once more.
  const wentOn = next !== undefined && next.at < step.until && !clock.hasJumped
  if (wentOn) wrong.push(`version ${next.entry.version}, ${next.entry.kind}, came before that`)
  say(one, id, wrong)
}

/** Names what is wrong about the show and the time of an event. */
function placesOf({ show }: ShowCase, told: Told, at: string): string[] {
  const wrong: string[] = []
  if (told.show !== show.key) wrong.push(`of ${told.show}`)
  if (told.at !== at) wrong.push(`at ${told.at}, and it was at ${at}`)
  return wrong
}

/** Names what an event shows otherwise than reading it by id would have shown it at `now`. */
function dataOf({ version, data }: Told, step: Step, now: number): string[] {
  const { entry, until, kind } = step
  const wrong = differences(data, step)
  const seats = seatsIn(data.seats)
  if (seats.join() !== entry.seats.join()) wrong.push(`${seats}, and the entry has ${entry.seats}`)
  if (version !== entry.version) wrong.push(`version ${version}, the entry has ${entry.version}`)
  if (data.version !== entry.version) wrong.push(`shows version ${data.version}`)
  if (kind !== 'held') return wrong
  const isReleased = entry.kind === 'release' && entry.seats.length === 0
  const status = isReleased ? 'released' : until > now ? 'live' : 'expired'
  if (data.status !== status) wrong.push(`shows it ${data.status}, and it was ${status}`)
  return wrong
}

function say({ findings, show }: ShowCase, what: string, wrong: readonly string[]): void {
  if (wrong.length === 0) return
  findings.add('event differs from its entry', show.key, `${what}: ${wrong.join('; ')}`)
}
