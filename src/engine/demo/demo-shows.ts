import { LIMITS } from '../../protocol/index.ts'

/** A show of the demonstration, before it has a plan. */
export interface DemoShow {
  readonly key: string
  readonly title: string
  /** RFC 3339. */
  readonly startsAt: string
}

/** Both houses of the demonstration are there. */
export const DEMO_TIME_ZONE = 'Europe/London'

/** The cinema's show, in the key that tours and tests rely on. */
export const CINEMA_SHOW = { key: 'avengers-2026-7pm', title: 'Avengers' } as const

const DAY_MS = 86_400_000
/** Days from now on which the theatre plays, and what: six evenings over four weeks. */
const REPERTOIRE = [
  { title: 'Hamlet', days: 6 },
  { title: 'Twelfth Night', days: 7 },
  { title: 'Hamlet', days: 13 },
  { title: 'The Tempest', days: 14 },
  { title: 'Hamlet', days: 20 },
  { title: 'Twelfth Night', days: 27 },
] as const

/** The cinema's show, a week from now at seven in the evening. `now` in milliseconds. */
export function cinemaShow(now: number): DemoShow {
  return { ...CINEMA_SHOW, startsAt: evening(dayAfter(now, 7), 19, 0) }
}

/**
 * The theatre's shows in the coming four weeks, keyed by title and date (`hamlet-2026-12-01`), so
 * that servers that start on the same day agree.
 */
export function theatreShows(now: number): DemoShow[] {
  return REPERTOIRE.map(({ title, days }) => {
    const day = dayAfter(now, days)
    const key = `${title.toLowerCase().replaceAll(' ', '-')}-${day}`.slice(0, LIMITS.keyLengthMax)
    return { key, title, startsAt: evening(day, 19, 30) }
  })
}

function dayAfter(now: number, days: number): string {
  return new Date(now + days * DAY_MS).toISOString().slice(0, 10)
}

/** That time of the day in London, which is one hour before or equal to what UTC says. */
function evening(day: string, hour: number, minute: number): string {
  const wall = Date.parse(`${day}T00:00:00Z`) + (hour * 60 + minute) * 60_000
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone: DEMO_TIME_ZONE,
    hour: '2-digit',
    hourCycle: 'h23',
  }).format(wall)
  return new Date(wall - (Number(shown) - hour) * 3_600_000).toISOString()
}
