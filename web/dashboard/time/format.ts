const NUMBER = new Intl.NumberFormat('en')
const SPANS = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** `12345` → `12,345` */
export function count(value: number): string {
  return NUMBER.format(value)
}

/** `1, 'seat'` → `1 seat`; `2, 'seat'` → `2 seats` */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** A share in whole per cent; what is neither all nor nothing is never shown as if it were. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '0%'
  const rounded = Math.round((100 * part) / whole)
  if (rounded === 0 && part > 0) return '<1%'
  if (rounded === 100 && part < whole) return '>99%'
  return `${rounded}%`
}

/** Time left as minutes and seconds: `4:07`, with hours where there are any. Never below 0:00. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** `now` less a minute and a half → `2 minutes ago`. */
export function relative(at: number, now: number): string {
  const ms = at - now
  const unit = UNITS.find(([, size]) => Math.abs(ms) >= size)
  if (unit === undefined) return Math.abs(ms) < 5_000 || ms > 0 ? 'just now' : 'seconds ago'
  return SPANS.format(Math.round(ms / unit[1]), unit[0])
}

const TIME = { hour: '2-digit', minute: '2-digit' } as const
const DAY = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const

/** An instant in a zone, or in the reader's. */
function written(at: number, parts: Intl.DateTimeFormatOptions, timeZone?: string): string {
  const place = timeZone === undefined ? {} : { timeZone }
  return new Intl.DateTimeFormat('en-GB', { ...parts, ...place }).format(at)
}

/** The exact time: `Mon 7 Dec 2026, 19:00:05 GMT`. */
export function exactTime(at: number, timeZone?: string): string {
  return written(at, { ...DAY, ...TIME, second: '2-digit', timeZoneName: 'short' }, timeZone)
}

/** Day and time as on a ticket: `Mon 7 Dec 2026, 19:00`. */
export function dayAndTime(at: number, timeZone?: string): string {
  return written(at, { ...DAY, ...TIME }, timeZone)
}

/** `19:00` */
export function timeOfDay(at: number, timeZone?: string): string {
  return written(at, TIME, timeZone)
}

/** A duration in the largest units that say it exactly: `600` → `10 minutes`, `90` → `1:30 min`. */
export function duration(seconds: number): string {
  if (seconds % 3600 === 0) return plural(seconds / 3600, 'hour')
  if (seconds % 60 === 0) return plural(seconds / 60, 'minute')
  if (seconds < 60) return plural(seconds, 'second')
  return `${countdown(seconds * 1000)} min`
}
