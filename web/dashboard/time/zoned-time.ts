/**
 * The wall clock of a place, as `<input type="datetime-local">` has it: `2026-12-01T19:00`. `null`
 * for a zone means the reader's own.
 */
export function toWallTime(instant: string, timeZone: string | null): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...(timeZone !== null && { timeZone }),
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(Date.parse(instant))
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '00'
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/**
 * The instant at which the clock of a place shows a wall time, in RFC 3339; null for what is no
 * time. Of an hour that comes twice the first is meant; one that is left out moves on.
 */
export function fromWallTime(wall: string, timeZone: string | null): string | null {
  const aimed = Date.parse(`${wall}:00Z`)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall) || Number.isNaN(aimed)) return null
  const offsetAt = (at: number) =>
    Date.parse(`${toWallTime(new Date(at).toISOString(), timeZone)}:00Z`) - at
  // The offset a day before settles which of two equal hours is meant.
  const first = aimed - offsetAt(aimed - 86_400_000)
  const second = aimed - offsetAt(first)
  const isLeftOut = offsetAt(second) !== aimed - second
  return new Date(isLeftOut ? first : second).toISOString()
}

/** The reader's own zone, such as `Europe/London`. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

/**
 * Names the clock of a place, `New York time`, where it does not show at an instant what the
 * reader's own shows; null where both say the same, and there is nothing to tell.
 */
export function otherClock(instant: string, timeZone: string | null): string | null {
  if (timeZone === null || toWallTime(instant, timeZone) === toWallTime(instant, null)) return null
  const place = timeZone.split('/').at(-1) ?? timeZone
  return `${place.replaceAll('_', ' ')} time`
}
