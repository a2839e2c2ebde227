import type { Attempt, Json, ShowFacts } from '../history/history.ts'
import { chainOf } from '../history/history.ts'
import { isDone, type ShowCase, versionOf } from './show-case.ts'
import type { Status, Timeline } from './timeline.ts'
import { seatsIn } from './write-rules.ts'

/** One character for each status, as the compact forms have it. */
const LETTERS: Readonly<Record<Status, string>> = {
  available: 'a',
  held: 'h',
  booked: 'b',
  blocked: 'x',
}

/**
 * Judges whether every read is the replay of its version, and none is older than what was told
 * before.
 */
export function judgeReads(one: ShowCase): number {
  let count = 0
  for (const attempt of one.attempts) {
    if (!isDone(attempt)) continue
    const judge = JUDGES[attempt.operation]
    if (!judge) continue
    count += 1
    judge(one, attempt)
  }
  return count
}

type Judge = (one: ShowCase, attempt: Attempt) => void

const JUDGES: Readonly<Record<string, Judge>> = {
  getAvailability: (one, attempt) => {
    judgeVersion(one, attempt)
    const { version, at } = momentOf(attempt)
    const counted = countsAt(one, version, at)
    const told = attempt.answer?.counts as Record<string, Json> | undefined
    for (const [status, count] of Object.entries(counted)) {
      if (told?.[status] === count) continue
      differ(one, attempt, `${told?.[status]} ${status}, and version ${version} has ${count}`)
      return
    }
  },
  getStatuses: (one, attempt) => {
    judgeVersion(one, attempt)
    const { version, at } = momentOf(attempt)
    const replayed = lettersAt(one, version, at)
    if (attempt.answer?.statuses !== replayed) {
      differ(one, attempt, `${attempt.answer?.statuses}, and version ${version} is ${replayed}`)
    }
  },
  listSeats: judgeList,
  listMyHolds: judgeOwn,
  getHold: judgeChain,
  getBooking: judgeChain,
}

/** The version and the database's time that a read names. */
function momentOf({ answer }: Attempt): { readonly version: number; readonly at: number } {
  return { version: Number(answer?.version), at: Date.parse(String(answer?.asOf)) }
}

/** Promise 8: at least what had been answered before, and nothing that was not there yet. */
function judgeVersion(one: ShowCase, attempt: Attempt): void {
  const version = versionOf(attempt) ?? -1
  const { first, last } = one.window(attempt)
  const detail = `${attempt.operation} shows version ${version}`
  const about = { attempts: [attempt.no] }
  if (version < first) {
    const more = `${detail}, and version ${first} had been answered before`
    one.findings.add('stale read', one.show.key, more, about)
  }
  if (version > Math.max(last, first)) {
    one.findings.add('read from the future', one.show.key, `${detail} of ${last}`, about)
  }
}

function differ(one: ShowCase, attempt: Attempt, detail: string): void {
  const about = { attempts: [attempt.no] }
  const more = `${attempt.operation}: ${detail}`
  one.findings.add('read differs from its version', one.show.key, more, about)
}

/** Counts seats by status, at a version and a moment. */
function countsAt({ show, timeline }: ShowCase, version: number, at: number) {
  const counts = { total: show.seats.length, available: 0, held: 0, booked: 0, blocked: 0 }
  for (const { seat } of show.seats) counts[timeline.seat(seat, version, at).status] += 1
  return counts
}

/** All seats in the compact form, at a version and a moment. */
export function lettersAt(
  { show, timeline }: { readonly show: ShowFacts; readonly timeline: Timeline },
  version: number,
  at: number,
): string {
  return show.seats.map(({ seat }) => LETTERS[timeline.seat(seat, version, at).status]).join('')
}

/** A list of seats names no version: some version and moment of its time must be like it. */
function judgeList(one: ShowCase, attempt: Attempt): void {
  const items = attempt.answer?.items
  if (!Array.isArray(items) || attempt.answer?.next !== null) return
  const told = items.map((item) => (item as Record<string, Json>).status)
  const { first, last, from, to } = one.window(attempt)
  for (let version = first; version <= last; version++) {
    for (const at of momentsOf(one, version, from, to)) {
      const isLike = one.show.seats.every(({ seat }, index) => {
        return one.timeline.seat(seat, version, at).status === told[index]
      })
      if (isLike) return
    }
  }
  differ(one, attempt, `no version from ${first} to ${last} looks like it`)
}

/** Live holds of a user: exactly those that they began, at some version and moment of its time. */
function judgeOwn(one: ShowCase, attempt: Attempt): void {
  const items = attempt.answer?.items
  if (!Array.isArray(items) || attempt.answer?.next !== null) return
  const told = items
    .map((item) => item as Record<string, Json>)
    .filter(({ show }) => show === one.show.key)
    .map(({ id, seats, expiresAt }) => {
      return `${chainOf(String(id))} ${seatsIn(seats)} ${Date.parse(String(expiresAt))}`
    })
    .toSorted()
    .join()
  const own = [...one.timeline.chains].flatMap(([chain, [first]]) => {
    return first?.entry.actor === attempt.caller ? [chain] : []
  })
  const { first, last, from, to } = one.window(attempt)
  for (let version = first; version <= last; version++) {
    const steps = own.flatMap((chain) => one.timeline.chain(chain, version) ?? [])
    const held = steps.filter(({ kind, entry }) => kind === 'held' && entry.seats.length > 0)
    const start = Math.max(from, one.timeline.timeOf(version))
    const ends = held.map(({ until }) => until).filter((until) => until > start && until <= to)
    for (const at of [start, Math.max(start, to), ...ends.flatMap((end) => [end - 1, end])]) {
      const live = held
        .filter(({ until }) => until > at)
        .map(({ chain, entry, until }) => `${chain} ${entry.seats} ${until}`)
      if (live.toSorted().join() === told) return
    }
  }
  differ(one, attempt, `no version from ${first} to ${last} has these holds of ${attempt.caller}`)
}

function momentsOf({ show, timeline }: ShowCase, version: number, from: number, to: number) {
  const start = Math.max(from, timeline.timeOf(version))
  const end = Math.max(start, to)
  const ends = show.seats.map(({ seat }) => timeline.claim(seat, version)?.until ?? Number.NaN)
  const inside = ends.filter((until) => until > start && until <= end)
  return [start, end, ...inside.flatMap((until) => [until - 1, until])]
}

/** A hold or booking is what its last entry said at a version of its time. */
function judgeChain(one: ShowCase, attempt: Attempt): void {
  const { first, last } = one.window(attempt)
  const version = versionOf(attempt) ?? -1
  const step = one.timeline.step(version)
  const chain = chainOf(String(attempt.answer?.id))
  if (step?.chain !== chain) {
    differ(one, attempt, `version ${version} is not of ${attempt.answer?.id}`)
    return
  }
  const told = seatsIn(attempt.answer?.seats)
  if (told.join() !== step.entry.seats.join()) {
    differ(one, attempt, `${told}, and version ${version} has ${step.entry.seats}`)
  }
  if (
    one.timeline.chain(chain, first) &&
    (one.timeline.chain(chain, first)?.entry.version ?? 0) > version
  ) {
    const detail = `${attempt.operation} shows version ${version} of ${attempt.answer?.id}`
    one.findings.add('stale read', one.show.key, detail, { attempts: [attempt.no] })
  }
  if (version > Math.max(first, last)) {
    const detail = `${attempt.operation} shows version ${version} of ${last}`
    one.findings.add('read from the future', one.show.key, detail, { attempts: [attempt.no] })
  }
  judgeStatus(one, attempt)
}

/** `status` of a hold must have been so at some moment of the request. */
function judgeStatus(one: ShowCase, attempt: Attempt): void {
  const { answer } = attempt
  if (typeof answer?.status !== 'string') return
  const step = one.timeline.step(versionOf(attempt) ?? -1)
  if (!step) return
  const { from, to } = one.window(attempt)
  const possible = new Set<string>()
  if (step.kind === 'booked') possible.add('confirmed')
  else if (step.entry.kind === 'release' && step.entry.seats.length === 0) possible.add('released')
  else {
    if (step.until > from) possible.add('live')
    if (step.until <= to) possible.add('expired')
  }
  if (possible.has(answer.status)) return
  differ(one, attempt, `${answer.status}, and it was ${[...possible]}`)
}
