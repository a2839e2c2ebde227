import type { Counts } from '../../../src/protocol/index.ts'
import { count } from '../time/format.ts'

/** Statuses that take seats away, in the order in which the bar shows it. */
const TAKEN = ['booked', 'held', 'blocked'] as const

/**
 * Bar of how much of a house is booked, held and blocked. The words say the same to screen readers.
 */
export function OccupancyBar({ counts }: { counts: Readonly<Counts> }) {
  const whole = Math.max(counts.total, 1)
  const text = [...TAKEN, 'available' as const]
    .map((status) => `${count(counts[status])} ${status}`)
    .join(', ')
  return (
    <div class="bar" role="img" aria-label={`${count(counts.total)} seats: ${text}`}>
      {TAKEN.map((status) => (
        <span
          key={status}
          class={`bar-part is-${status}`}
          style={{ width: `${(100 * counts[status]) / whole}%` }}
        />
      ))}
    </div>
  )
}
