/**
 * The key of a show on another date: the date in it is replaced, or else added. Wall times, such as
 * `2026-12-01T19:00`. A second show on the same day has its time in the key.
 */
export function keyOnDate(key: string, first: string, wall: string): string {
  const [day = '', time = ''] = wall.split('T')
  const firstDay = first.slice(0, 10)
  const clock = day === firstDay && wall !== first ? `-${time.replace(':', '')}` : ''
  if (key.includes(firstDay)) return `${key.replace(firstDay, day)}${clock}`
  return wall === first ? key : `${key}-${day}${clock}`
}
