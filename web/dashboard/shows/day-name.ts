/** `Today`, `Tomorrow`, or `Monday 7 December`, with the year where it is another one. */
export function dayName(at: number, now: number, timeZone: string | null): string {
  const zone = timeZone === null ? {} : { timeZone }
  const day = (ms: number) => new Intl.DateTimeFormat('en-CA', zone).format(ms)
  if (day(at) === day(now)) return 'Today'
  if (day(at) === day(now + 86_400_000)) return 'Tomorrow'
  const isThisYear = day(at).slice(0, 4) === day(now).slice(0, 4)
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(!isThisYear && { year: 'numeric' }),
    ...zone,
  })
    .format(at)
    .replace(',', '')
}
