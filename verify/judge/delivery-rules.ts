/**
 * Judge of what webhooks were told, against the journal: every entry as an event, at least once, in
 * order, as the entry has it, and signed; and that holds ran out. Whoever says `told` has waited
 * for that.
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
  amend: () => 'booking.changed',
  block: () => 'block.created',
  describe: () => 'block.changed',
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
  judgeExpiries(one, deliveries)
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

/** Judges a hold that is told to be over: it had that end, and these seats when it came. */
function judgeExpiry(one: ShowCase, { id, at, version, data }: Delivery): void {
  const { timeline, show, findings, clock } = one
  const say = (detail: string) =>
    findings.add('event differs from its entry', show.key, `${id}: ${detail}`)
  const step = timeline.chainSteps(chainOf(String(data.id))).findLast((known) => {
    const isMeant = known.kind === 'held' && known.at < known.until
    // After the clock ran back, what was over had some time left once more.
    const wasLast = !clock.hasJumped || known.entry.version === version
    return isMeant && wasLast && known.until === Date.parse(at)
  })
  const seats = seatsIn(data.seats)
  if (!step) say(`${data.id} was not over at ${at}`)
  else if (seats.join() !== step.entry.seats.join()) {
    say(`${seats}, and it had ${step.entry.seats}`)
  }
}

/**
 * Judges whether every hold that nobody ended is told to be over, and that by one event. Where the
 * clock ran back, a hold may live on, change and run out again: then each is of an entry of its
 * own.
 */
function judgeExpiries(one: ShowCase, deliveries: readonly Delivery[]): void {
  const { timeline, show, findings, clock } = one
  const expiries = deliveries.filter(({ type }) => type === 'hold.expired')
  const told = Map.groupBy(expiries, ({ data }) => chainOf(String(data.id)))
  for (const { chain, entry } of timeline.leftHolds) {
    if (told.has(chain as string)) continue
    const detail = `${entry.id} ran out at ${entry.until}`
    findings.add('event never told', show.key, detail, { seats: entry.seats })
  }
  for (const [chain, events] of told) {
    const ids = [...new Set(events.map(({ id }) => id))]
    const versions = new Set(events.map(({ version }) => version))
    if (ids.length < 2 || (clock.hasJumped && versions.size === ids.length)) continue
    findings.add('ran out twice', show.key, `hold_${chain} is told to be over by ${ids}`)
  }
}
