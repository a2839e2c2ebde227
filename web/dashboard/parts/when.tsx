import { now } from '../time/clock.ts'
import { exactTime, relative } from '../time/format.ts'

/** Time since or until something; the exact time shows when it is pointed at. */
export function When({ at, timeZone }: { at: string; timeZone?: string | null }) {
  const ms = Date.parse(at)
  return (
    <time dateTime={at} title={exactTime(ms, timeZone ?? undefined)}>
      {relative(ms, now.value)}
    </time>
  )
}
