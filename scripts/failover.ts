/**
 * `npm run failover` rehearses a failover on the loopback, and says what it cost. Exit code 1 when
 * a booking was lost, the old primary was believed, or the pause was longer than a second beyond
 * the promotion. `PG_BIN` names PostgreSQL programs that are not in the directories of Debian.
 */
import { rehearseFailover } from './failover/rehearse.ts'

const PAUSE_MS_MAX = 1_000

const rehearsal = await rehearseFailover(console.log)
if (rehearsal === null) {
  console.log('Skipped: there is no PostgreSQL with pg_basebackup here. Name one with PG_BIN.')
} else {
  const { lost, errors, promotedMs, answeredMs, believed, violations } = rehearsal
  const beyondMs = answeredMs - promotedMs
  console.log(
    `${rehearsal.answered} bookings answered, ${lost.length} lost, ${errors.length} errors`,
  )
  console.log(`promotion ${Math.round(promotedMs)} ms, pause ${Math.round(beyondMs)} ms beyond it`)
  console.log(`the old primary: refused ${rehearsal.refused} times, took ${believed} bookings`)
  console.log(`${violations} promises broken`)
  const isGood = lost.length + believed + violations === 0 && beyondMs <= PAUSE_MS_MAX
  if (!isGood) process.exitCode = 1
}
