/**
 * Judge of what webhooks were told, against the journal: every entry as an event, at least once, in
 * order, as the entry has it, and signed.
 */
import { chainOf, type Delivery, type Entry } from '../history/history.ts'
import type { ShowCase } from './show-case.ts'
import type { Step } from './timeline.ts'
import { seatsIn } from './write-rules.ts'

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
  block: () => 'block.created',
  unblock: () => 'block.released',
}

/** Judges what a webhook was told of a show. Answers how many deliveries were compared. */
export function judgeDeliveries(one: ShowCase, deliveries: readonly Delivery[]): number {
  const { timeline, show, findings } = one
  const told = new Set<number>()
  let newest = 0
  for (const delivery of deliveries) {
    const { id, version, isSigned } = delivery
    if (!isSigned) findings.add('event not signed', show.key, id)
    if (delivery.type === 'hold.expired') {
      judgeExpiry(one, delivery)
      continue
    }
    const step = timeline.step(version)
    // The journal may have been read before.
    if (!step) continue
    judgeEvent(one, delivery, step)
    if (told.has(version)) continue
    told.add(version)
    if (version < newest) {
      findings.add('events out of order', show.key, `version ${version} after ${newest}`)
    }
    newest = Math.max(newest, version)
  }
  for (const { entry, chain } of timeline.steps) {
    if (chain === null || told.has(entry.version)) continue
    const detail = `version ${entry.version}, ${entry.kind} ${entry.id}`
    findings.add('event never told', show.key, detail, { seats: entry.seats })
  }
  return deliveries.length
}

function judgeEvent(one: ShowCase, { id, type, data }: Delivery, step: Step): void {
  const say = (detail: string) =>
    one.findings.add('event differs from its entry', one.show.key, `${id}: ${detail}`)
  // Changes of the show itself are not what its seats are judged by.
  if (step.chain === null) return
  const { entry } = step
  const expected = TYPES[entry.kind]?.(entry)
  if (type !== expected) say(`${type}, and the entry is ${expected}`)
  if (chainOf(String(data.id)) !== step.chain) say(`about ${data.id}, and the entry is ${entry.id}`)
  const seats = seatsIn(data.seats)
  if (seats.join() !== entry.seats.join()) say(`${seats}, and the entry has ${entry.seats}`)
}

/** A hold that is told to be over was over by then, at one of the ends that it had. */
function judgeExpiry({ timeline, show, findings }: ShowCase, { id, at, data }: Delivery): void {
  const steps = timeline.chainSteps(chainOf(String(data.id)))
  if (steps.some(({ kind, until }) => kind === 'held' && until <= Date.parse(at))) return
  findings.add('event differs from its entry', show.key, `${id}: ${data.id} was not over at ${at}`)
}
