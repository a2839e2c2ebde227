/**
 * Judge of what webhooks were told, against the journal: every entry as an event, at least once, in
 * order, as the entry has it, and signed; and that holds ran out. Whoever says `told` has waited
 * for that.
 */
import { chainOf, type Delivery } from '../history/history.ts'
import { EXPIRED, judgeEvent, judgeExpiry, type Told } from './event-rules.ts'
import type { ShowCase } from './show-case.ts'
import type { Step } from './timeline.ts'

/** Judges what a webhook was told of a show. Answers how many deliveries were compared. */
export function judgeDeliveries(one: ShowCase, deliveries: readonly Delivery[]): number {
  const { timeline, show, findings } = one
  const told = new Set<number>()
  let newest = 0
  for (const delivery of deliveries) {
    const { id, version, isSigned } = delivery
    if (!isSigned) findings.add('event not signed', show.key, id)
    if (delivery.type === EXPIRED) {
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
  judgeExpiries(one, deliveries, timeline.leftHolds)
  return deliveries.length
}

/**
 * Judges whether every hold that nobody ended is told to be over, and that by one event. Where the
 * clock ran back, a hold may live on, change and run out again: then each is of an entry of its
 * own.
 */
export function judgeExpiries(
  { show, findings, clock }: ShowCase,
  events: readonly Told[],
  leftHolds: readonly Step[],
): void {
  const expiries = events.filter(({ type }) => type === EXPIRED)
  const told = Map.groupBy(expiries, ({ data }) => chainOf(String(data.id)))
  for (const { chain, entry } of leftHolds) {
    if (told.has(chain as string)) continue
    const detail = `${entry.id} ran out at ${entry.until}`
    findings.add('event never told', show.key, detail, { seats: entry.seats })
  }
  for (const [chain, same] of told) {
    const ids = [...new Set(same.map(({ id }) => id))]
    const versions = new Set(same.map(({ version }) => version))
    if (ids.length < 2 || (clock.hasJumped && versions.size === ids.length)) continue
    findings.add('ran out twice', show.key, `hold_${chain} is told to be over by ${ids}`)
  }
}
