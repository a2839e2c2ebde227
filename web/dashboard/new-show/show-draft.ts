import type { CreateShowBody, PlanOptions, Show } from '../../../src/protocol/index.ts'
import { LIMITS } from '../../../src/protocol/limits.ts'
import type { PlanSpec } from '../../../src/protocol/plan.ts'
import { fromWallTime } from '../time/zoned-time.ts'

/** Venue of the show: an existing one, or a new one. */
export interface VenueDraft {
  /** Id of a venue that is there; null for a new one. */
  readonly id: string | null
  readonly name: string
  readonly timeZone: string
}

/** Plan of the show: a file, a grid, or that of another show of the venue. */
export interface PlanDraft {
  readonly kind: 'file' | 'grid' | 'known'
  readonly fileName: string
  readonly fileText: string
  /** Options for reading the file, where it does not say so itself. */
  readonly options: PlanOptions
  readonly rows: string
  readonly seatsPerRow: string
  readonly knownPlan: string
}

/** Draft of what is on, and when. */
export interface ShowDraft {
  readonly title: string
  readonly key: string
  /** False while the key follows the title. */
  readonly isOwnKey: boolean
  readonly startsAt: string
  readonly holdMinutes: string
  readonly maxSeatsPerHold: string
  readonly confirmBy: Show['confirmBy']
}

/** The whole form. */
export interface Draft {
  readonly venue: VenueDraft
  readonly plan: PlanDraft
  readonly show: ShowDraft
}

/** An empty form. `timeZone` is offered for a new venue. */
export function emptyDraft(timeZone: string): Draft {
  return {
    venue: { id: null, name: '', timeZone },
    plan: {
      kind: 'file',
      fileName: '',
      fileText: '',
      options: {},
      rows: 'A-J',
      seatsPerRow: '12',
      knownPlan: '',
    },
    show: {
      title: '',
      key: '',
      isOwnKey: false,
      startsAt: '',
      holdMinutes: String(LIMITS.holdSecondsDefault / 60),
      maxSeatsPerHold: String(LIMITS.seatsPerHoldDefault),
      confirmBy: 'seller',
    },
  }
}

/** Makes what the server is given as the plan's source, or null where there is nothing yet. */
export function sourceOf(plan: PlanDraft): unknown {
  if (plan.kind === 'file') return plan.fileText === '' ? null : plan.fileText
  if (plan.kind === 'known') return null
  return { rows: plan.rows.trim(), seatsPerRow: Number(plan.seatsPerRow) }
}

/** `Hamlet`, `2026-12-01T19:00` → `hamlet-2026-12-01` */
export function keyFor(title: string, startsAt: string): string {
  const word = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const day = startsAt.slice(0, 10)
  return [word, day].filter(Boolean).join('-').slice(0, LIMITS.keyLengthMax)
}

/** Finds what is missing or wrong, by field; empty when the show can be created. */
export function draftMistakes(
  draft: Draft,
  plan: PlanSpec | null,
): Partial<Record<'venue' | 'timeZone' | 'plan' | 'title' | 'startsAt' | 'key', string>> {
  const { venue, show } = draft
  const isPlanned = draft.plan.kind === 'known' ? draft.plan.knownPlan !== '' : plan !== null
  return {
    ...(venue.id === null && venue.name.trim() === '' && { venue: 'A venue needs a name.' }),
    ...(venue.id === null && !isTimeZone(venue.timeZone) && { timeZone: 'Such as Europe/London.' }),
    ...(!isPlanned && { plan: 'A show needs a seating plan.' }),
    ...(show.title.trim() === '' && { title: 'A show needs a title.' }),
    ...(fromWallTime(show.startsAt, zoneOf(venue)) === null && {
      startsAt: 'Enter a start time.',
    }),
    ...(!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(show.key) && {
      key: 'Letters, digits, dots, dashes and underscores; a letter or digit first.',
    }),
  }
}

/** The show as the API takes it. */
export function showBodyOf({ show, venue }: Draft, plan: string) {
  return {
    key: show.key,
    title: show.title.trim(),
    startsAt: fromWallTime(show.startsAt, zoneOf(venue)) ?? '',
    plan,
    holdSeconds: Math.round(60 * Number(show.holdMinutes)),
    maxSeatsPerHold: Number(show.maxSeatsPerHold),
    confirmBy: show.confirmBy,
  } satisfies Partial<CreateShowBody>
}

/** The zone of the venue's clock; null where it is none. */
export function zoneOf({ timeZone }: VenueDraft): string | null {
  return isTimeZone(timeZone) ? timeZone : null
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name !== ''
  } catch {
    return false
  }
}
