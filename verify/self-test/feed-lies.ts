import type { Attempt, History, Json } from '../history/history.ts'
import { EXPIRED, type Told } from '../judge/event-rules.ts'
import type { Rule } from '../judge/finding.ts'
import { isDone, versionIn } from '../judge/show-case.ts'
import { Timeline } from '../judge/timeline.ts'
import type { Lie } from './lie.ts'

/** Lies about pages of the event feed. */
export const FEED_LIES: readonly Lie[] = [
  paged('a page leaves out an entry', 'event never told', isLong, ({ events, after }) => {
    return { events: events.toSpliced(events.findIndex(isOfEntry), 1), after }
  }),
  paged('a page ends further on than it tells', 'event never told', isLong, ({ events }) => {
    const [first, second] = events.filter(isOfEntry)
    const kept = events.slice(0, events.indexOf(second as Told))
    return { events: kept, after: String((first?.version ?? 0) + 1) }
  }),
  paged('a page tells of entries in another order', 'events out of order', isLong, (page) => {
    return { ...page, events: page.events.toReversed() }
  }),
  paged('a page begins before where it was to go on', 'events out of order', goesOn, (page) => {
    const [first] = page.events.filter(isOfEntry)
    return { ...page, events: first ? [{ ...first, version: 1 }, ...page.events] : page.events }
  }),
  paged('a page tells that a hold ran out long after', 'events out of order', ranOut, (page) => {
    const over = page.events.find(isOver) as Told
    return { ...page, events: [...page.events.filter((one) => one !== over), over] }
  }),
  paged('a page tells of other seats', 'event differs from its entry', isLong, (page) => {
    return withFirst(page, (event) => ({ ...event, data: { ...event.data, seats: ['A8', 'A1'] } }))
  }),
  paged('a page tells of another holder', 'event differs from its entry', isLong, (page) => {
    return withFirst(page, (event) => ({ ...event, data: { ...event.data, holder: 'nobody' } }))
  }),
  paged('a page tells of another time', 'event differs from its entry', isLong, (page) => {
    return withFirst(page, (event) => ({ ...event, at: '2026-01-01T00:00:00.001Z' }))
  }),
  paged('a page tells of another show', 'event differs from its entry', isLong, (page) => {
    return withFirst(page, (event) => ({ ...event, show: 'another' }))
  }),
  paged('a page tells of another kind of event', 'event differs from its entry', isLong, (page) => {
    return withFirst(page, (event) => ({ ...event, type: 'booking.left' }))
  }),
  paged(
    'a hold that went on is told to be over',
    'event differs from its entry',
    isLong,
    (page) => {
      return withFirst(page, (event) => ({ ...event, type: EXPIRED }))
    },
  ),
  paged('the same event reads otherwise elsewhere', 'one event, two texts', isLong, (page) => {
    return withFirst(page, (event) => ({ ...event, data: { ...event.data, note: 'new' } }))
  }),
  paged('the same event has another id elsewhere', 'one event, two texts', isLong, (page) => {
    return withFirst(page, (event) => ({ ...event, id: `${event.id}_again` }))
  }),
  paged('a page ends where nothing is yet', 'read from the future', isEarly, (page) => {
    return { ...page, after: String(versionIn(page.after) + 40) }
  }),
  paged('a page does not tell what was known', 'stale read', goesOn, () => {
    return { events: [], after: '0' }
  }),
  lie('an event is not what reading it by id shows', 'event differs from its entry', (history) => {
    const events = history.attempts.filter(isPage).flatMap((one) => toPage(one).events)
    const { version, data } = events.find(({ type }) => type === 'booking.created') as Told
    const [first] = history.attempts
    const about = { operation: 'getBooking', target: String(data.id) } as const
    const answer = { ...data, version, together: true }
    const times = { startedAt: 1e15, endedAt: 1e15 }
    const read = { ...(first as Attempt), ...about, ...times, no: 1e6, status: 200, answer }
    return { ...history, attempts: [...history.attempts, read] }
  }),
  lie('a partner is told of what others do', 'told to somebody else', (history) => {
    const asked = history.attempts.filter(isPage)
    const desk = asked.find(({ caller, page }) => caller === 'desk' && page?.limit === 50)
    const partner = asked.find(({ caller, page }) => caller !== 'desk' && page?.limit === 50)
    return withAnswer(history, partner, () => toPage(desk as Attempt))
  }),
  lie('a reader of every page is never told of an end', 'event never told', (history) => {
    const entries = history.journals.get(history.shows[0]?.key ?? '') ?? []
    if (new Timeline(entries).leftHolds.length === 0) return null
    const attempts = history.attempts.map((one) => {
      return isPage(one)
        ? answered(one, (page) => ({ ...page, events: page.events.filter(isOfEntry) }))
        : one
    })
    return { ...history, attempts }
  }),
  lie('a reader of every page is told twice', 'events out of order', (history) => {
    const [line] = history.followed
    const again = history.attempts.find(({ no }) => no === line?.attempts[0])
    const extra = { ...(again as Attempt), no: 1e6 }
    const followed = history.followed.map((one) => ({ ...one, attempts: [...one.attempts, 1e6] }))
    return { ...history, followed, attempts: [...history.attempts, extra] }
  }),
]

/** A page as it was answered. */
interface Page {
  readonly events: readonly Told[]
  readonly after: string
}

function lie(name: string, rule: Rule, tell: Lie['tell']): Lie {
  return { name, rule, tell }
}

/** A lie in one page: the first that is meant. */
function paged(
  name: string,
  rule: Rule,
  isMeant: (page: Page, attempt: Attempt, history: History) => boolean,
  bend: (page: Page) => Page,
): Lie {
  return lie(name, rule, (history) => {
    const meant = history.attempts.find((one) => isPage(one) && isMeant(toPage(one), one, history))
    return withAnswer(history, meant, bend)
  })
}

function withAnswer(history: History, meant: Attempt | undefined, bend: (page: Page) => Page) {
  const attempts = history.attempts.map((one) => (one === meant ? answered(one, bend) : one))
  return { ...history, attempts }
}

function answered(attempt: Attempt, bend: (page: Page) => Page): Attempt {
  const answer = bend(toPage(attempt)) as unknown as Readonly<Record<string, Json>>
  return { ...attempt, answer }
}

function toPage({ answer }: Attempt): Page {
  return answer as unknown as Page
}

function isPage(attempt: Attempt): boolean {
  return attempt.operation === 'listEvents' && isDone(attempt)
}

/** A page for the desk with enough in it to bend. */
function isLong({ events }: Page, { caller }: Attempt): boolean {
  return caller === 'desk' && events.filter(isOfEntry).length > 2
}

/** One that went on from another. */
function goesOn(page: Page, attempt: Attempt): boolean {
  return isLong(page, attempt) && versionIn(attempt.page?.after ?? null) > 2
}

/** One that tells of an end before entries that came later. */
function ranOut({ events }: Page, { caller }: Attempt): boolean {
  const index = events.findIndex(isOver)
  return caller === 'desk' && index >= 0 && events.slice(index + 1).some(isOfEntry)
}

/** One that was read when much was still to come. */
function isEarly({ after }: Page, { show }: Attempt, { journals }: History): boolean {
  return versionIn(after) + 40 < (journals.get(show)?.length ?? 0)
}

/** Bends the first event of an entry that makes a hold. */
function withFirst(page: Page, bend: (event: Told) => Told): Page {
  const meant = page.events.find(isOfEntry)
  return { ...page, events: page.events.map((one) => (one === meant ? bend(one) : one)) }
}

function isOver({ type }: Told): boolean {
  return type === EXPIRED
}

function isOfEntry({ type }: Told): boolean {
  return type !== EXPIRED
}
