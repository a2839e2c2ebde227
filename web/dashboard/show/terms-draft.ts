import type { ChangeShowBody, Show } from '../../../src/protocol/index.ts'
import { fromWallTime, toWallTime } from '../time/zoned-time.ts'

/** The terms as the form has them: text and ticks. Times by the clock of the venue. */
export interface TermsDraft {
  title: string
  startsAt: string
  salesFrom: string
  salesUntil: string
  holdSeconds: string
  holdSecondsMax: string
  holdLifeSecondsMax: string
  maxSeatsPerHold: string
  maxSeatsPerHolder: string
  refuseOrphans: boolean
  cancellable: boolean
  confirmBy: Show['confirmBy']
}

/** Mistakes by the field they are in. */
export type TermsMistakes = Partial<Record<keyof TermsDraft, string>>

/** Minutes for people, seconds for the API. */
const MINUTE = 60

/** The form as it is before anything is changed. */
export function draftOf(show: Show, timeZone: string | null): TermsDraft {
  const time = (at: string | null) => (at === null ? '' : toWallTime(at, timeZone))
  const minutes = (seconds: number) => String(Math.round((100 * seconds) / MINUTE) / 100)
  return {
    title: show.title,
    startsAt: time(show.startsAt),
    salesFrom: time(show.salesFrom),
    salesUntil: time(show.salesUntil),
    holdSeconds: minutes(show.holdSeconds),
    holdSecondsMax: minutes(show.holdSecondsMax),
    holdLifeSecondsMax: minutes(show.holdLifeSecondsMax),
    maxSeatsPerHold: String(show.maxSeatsPerHold),
    maxSeatsPerHolder: show.maxSeatsPerHolder === null ? '' : String(show.maxSeatsPerHolder),
    refuseOrphans: show.refuseOrphans,
    cancellable: show.cancellable,
    confirmBy: show.confirmBy,
  }
}

/** Finds what of the draft differs from the show, as the API takes it; or what is wrong with it. */
export function changesOf(
  draft: TermsDraft,
  show: Show,
  timeZone: string | null,
): { changes: ChangeShowBody; mistakes: TermsMistakes } {
  const before = draftOf(show, timeZone)
  const changes: Record<string, unknown> = {}
  const mistakes: TermsMistakes = {}
  for (const name of Object.keys(draft) as (keyof TermsDraft)[]) {
    if (draft[name] === before[name]) continue
    const read = readTerm(name, draft[name], timeZone)
    if (read.wrong === null) changes[name] = read.value
    else mistakes[name] = read.wrong
  }
  return { changes: changes as ChangeShowBody, mistakes }
}

interface Read {
  readonly value: unknown
  readonly wrong: string | null
}

function readTerm(name: keyof TermsDraft, given: string | boolean, timeZone: string | null): Read {
  if (typeof given === 'boolean') return { value: given, wrong: null }
  const text = given.trim()
  switch (name) {
    case 'confirmBy':
      return { value: text, wrong: null }
    case 'title':
      return { value: text, wrong: text === '' ? 'A show needs a title.' : null }
    case 'startsAt':
      return readTime(text, timeZone, 'A show needs a start time.')
    case 'salesFrom':
    case 'salesUntil':
      return text === ''
        ? { value: null, wrong: null }
        : readTime(text, timeZone, 'There is no such time.')
    case 'maxSeatsPerHolder':
      return text === '' ? { value: null, wrong: null } : readCount(text)
    case 'maxSeatsPerHold':
      return readCount(text)
    default:
      return readMinutes(text)
  }
}

function readTime(text: string, timeZone: string | null, wrong: string): Read {
  const value = fromWallTime(text, timeZone)
  return { value, wrong: value === null ? wrong : null }
}

function readCount(text: string): Read {
  const value = Number(text)
  const isRight = Number.isInteger(value) && value >= 1
  return { value, wrong: isRight ? null : 'A whole number, at least 1.' }
}

function readMinutes(text: string): Read {
  const value = Math.round(Number(text) * MINUTE)
  const isRight = text !== '' && Number.isFinite(value) && value >= 1
  return { value, wrong: isRight ? null : 'Enter one minute or more.' }
}
