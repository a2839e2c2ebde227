/**
 * Judge of pages of the event feed: what a page tells is everything up to its end that the reader
 * may know of, in order, as the journal has it, and nothing that was not there yet; and an event
 * reads the same for whoever is told of it, however often.
 */
import type { Attempt, Delivery, FollowedLine, Json, JsonObject } from '../history/history.ts'
import { judgeExpiries } from './delivery-rules.ts'
import { EXPIRED, judgeEvent, judgeExpiry, type Told } from './event-rules.ts'
import type { Rule } from './finding.ts'
import { beginnerOf } from './journal-rules.ts'
import { isDone, pageEndOf, type ShowCase, versionIn, versionOf } from './show-case.ts'
import type { Step } from './timeline.ts'

/** A page that somebody was answered with. */
interface Page {
  readonly attempt: Attempt
  readonly start: number
  readonly end: number
  readonly events: readonly Told[]
}

/** Judges all pages of a show. Answers how many were compared. */
export function judgePages(
  one: ShowCase,
  deliveries: readonly Delivery[],
  followed: readonly FollowedLine[],
): number {
  const pages = one.attempts.flatMap((attempt) => pageOf(attempt) ?? [])
  for (const page of pages) {
    judgeReach(one, page)
    judgeOrder(one, page)
    judgeWhole(one, page)
    for (const told of page.events) judgeTold(one, page.attempt, told)
  }
  const events = pages.flatMap((page) => page.events)
  judgeTexts(one, [...deliveries, ...events])
  judgeLikeness(one, events)
  for (const line of followed) judgeFollower(one, line, pages)
  return pages.length
}

/** The page that an attempt brought; null for anything else. */
export function pageOf(attempt: Attempt): Page | null {
  const { page, answer } = attempt
  const end = pageEndOf(attempt)
  if (!isDone(attempt) || page === undefined || end === null) return null
  const events = list(answer?.events) as readonly unknown[] as readonly Told[]
  return { attempt, start: versionIn(page.after), end, events }
}

/** Up to what had been answered before, unless the page is full; and nothing from the future. */
function judgeReach(one: ShowCase, { attempt, start, end, events }: Page): void {
  const { first, last } = one.window(attempt)
  const say = sayOf(one, attempt)
  if (end > Math.max(last, first, start)) say('read from the future', `version ${end} of ${last}`)
  if (end < start) say('events out of order', `it ends at ${end}, and began after ${start}`)
  // What others are told of counts towards the length of a page, too.
  const isOthersToo = !seesAll(one, attempt)
  const lengthMax = isOthersToo ? end - start + one.timeline.chains.size : events.length
  const isFull = lengthMax >= (attempt.page?.limit ?? 0) || (isOthersToo && one.clock.hasJumped)
  if (isFull || end >= first) return
  say('stale read', `it ends at ${end}, and version ${first} had been answered before`)
}

/** Entries by their versions, ends of holds among them by their times. */
function judgeOrder(one: ShowCase, { attempt, start, end, events }: Page): void {
  const say = sayOf(one, attempt)
  let version = start
  let at = Number.NEGATIVE_INFINITY
  for (const event of events) {
    const time = Date.parse(event.at)
    if (time < at && !one.clock.hasJumped) say('events out of order', `${event.id} at ${event.at}`)
    at = time
    if (event.type === EXPIRED) continue
    if (event.version <= version || event.version > end) {
      const place = `version ${event.version} after ${version}, in a page up to ${end}`
      say('events out of order', place)
    }
    version = event.version
  }
}

/** Every entry up to the end is told, if it is one that the reader may know of. */
function judgeWhole(one: ShowCase, { attempt, start, end, events }: Page): void {
  const told = new Set(events.filter(isOfEntry).map(({ version }) => version))
  for (const step of one.timeline.steps.slice(start, end)) {
    const { version, kind, id, seats } = step.entry
    if (told.has(version) || !isFor(one, attempt, step)) continue
    const detail = `attempt ${attempt.no}: version ${version}, ${kind} ${id}`
    one.findings.add('event never told', one.show.key, detail, { attempts: [attempt.no], seats })
  }
}

function judgeTold(one: ShowCase, attempt: Attempt, told: Told): void {
  const step = one.timeline.step(told.version)
  if (told.type === EXPIRED) judgeExpiry(one, told)
  else if (step) judgeEvent(one, told, step)
  if (!step || isFor(one, attempt, step)) return
  sayOf(one, attempt)('told to somebody else', `${told.id} is not of ${attempt.caller}`)
}

/** One id for each event, and one text for each id. */
function judgeTexts({ findings, show }: ShowCase, events: readonly Told[]): void {
  const texts = new Map<string, string>()
  const ids = new Map<string, string>()
  for (const { id, type, at, version, data, ...rest } of events) {
    const text = JSON.stringify([id, type, at, rest.show, version, data])
    const known = texts.get(id) ?? text
    if (text !== known) findings.add('one event, two texts', show.key, `${known} and ${text}`)
    texts.set(id, known)
    const what = `${version}${type === EXPIRED ? ' over' : ''}`
    const same = ids.get(what) ?? id
    if (same !== id) findings.add('one event, two texts', show.key, `${same} and ${id}`)
    ids.set(what, same)
  }
}

/** An event shows a booking as reading it by id showed it while that was its version. */
function judgeLikeness(one: ShowCase, events: readonly Told[]): void {
  const shown = new Map(events.filter(isOfEntry).map(({ version, data }) => [version, data]))
  for (const attempt of one.attempts) {
    if (attempt.operation !== 'getBooking' || !isDone(attempt)) continue
    const data = shown.get(versionOf(attempt) ?? 0)
    if (!data) continue
    const [told, read] = [JSON.stringify(data), JSON.stringify(attempt.answer)]
    if (told === read) continue
    const detail = `${told}, and reading it showed ${read}`
    const about = { attempts: [attempt.no] }
    one.findings.add('event differs from its entry', one.show.key, detail, about)
  }
}

/** Judges a reader of page after page, who is told that each hold ran out, and that once. */
function judgeFollower(one: ShowCase, line: FollowedLine, pages: readonly Page[]): void {
  const read = new Set(line.attempts)
  const own = pages.filter(({ attempt }) => read.has(attempt.no))
  const last = own.at(-1)
  if (!last) return
  const left = one.timeline.leftHolds.filter((step) => {
    return step.entry.version <= last.end && isFor(one, last.attempt, step)
  })
  const events = own.flatMap((page) => page.events)
  judgeExpiries(one, events, left)
  const ids = events.map(({ id }) => id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice === undefined) return
  sayOf(one, last.attempt)('events out of order', `${twice} came twice on the way`)
}

/** Tells whether a reader is told of an entry: partners of what they began, and of the show. */
function isFor(one: ShowCase, attempt: Attempt, { chain }: Step): boolean {
  return chain === null || seesAll(one, attempt) || isBegunBy(one, chain, attempt.caller)
}

/** Tells whether a chain, or the one that its seats left, was begun by somebody. */
export function isBegunBy({ timeline }: Pick<ShowCase, 'timeline'>, chain: string, who: string) {
  return beginnerOf(timeline, chain) === who
}

function seesAll({ run }: ShowCase, { caller }: Attempt): boolean {
  return run.staff.includes(caller)
}

function isOfEntry({ type }: Told): boolean {
  return type !== EXPIRED
}

function sayOf({ findings, show }: ShowCase, { no, page }: Attempt) {
  return (rule: Rule, detail: string) =>
    findings.add(rule, show.key, `page after ${page?.after}: ${detail}`, { attempts: [no] })
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : ([] as readonly JsonObject[])
}
