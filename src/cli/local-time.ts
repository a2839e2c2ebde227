const FORMAT = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
  hourCycle: 'h23',
} as const

/** By the clock of the venue, which it names: `2026-12-01 19:00 GMT`; in UTC without one. */
export function localTime(instant: string, timeZone: string | null): string {
  const format = new Intl.DateTimeFormat('en-GB', { ...FORMAT, timeZone: timeZone ?? 'UTC' })
  const parts = format.formatToParts(Date.parse(instant))
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  const [date, time] = [`${part('year')}-${part('month')}-${part('day')}`, `${part('hour')}:`]
  return `${date} ${time}${part('minute')} ${part('timeZoneName')}`
}
