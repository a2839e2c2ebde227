import { chainsOf, effectsOf } from './chains.ts'
import {
  checkDefinite,
  checkHoldTimes,
  checkMisuse,
  checkRefusals,
  checkSameAnswers,
} from './check-answers.ts'
import {
  checkBookingsSurvive,
  checkConfirming,
  checkReleases,
  checkSeatsOnce,
} from './check-bookings.ts'
import { checkJournal } from './check-journal.ts'
import type { Check, Evidence, Verdict } from './evidence.ts'

/**
 * Compares every answer that anybody got with what is there at the end. It believes nothing but the
 * answers; a single one that does not fit is a broken promise.
 */
export function judge(evidence: Evidence): Verdict {
  const { log, end } = evidence
  const chains = chainsOf(log)
  const definite = checkDefinite(evidence)
  const checks = [
    checkSeatsOnce(evidence),
    checkBookingsSurvive(evidence, chains.values()),
    checkSameAnswers(log, effectsOf(chains.values())),
    checkMisuse(log),
    checkHoldTimes(log),
    checkConfirming(chains.values()),
    checkReads(evidence),
    checkCounts(evidence),
    ...checkJournal(evidence, chains),
    checkRefusals(log),
    checkReleases(evidence, chains.values()),
    definite.check,
    ...checkDatabase(evidence),
  ].toSorted((one, two) => one.promise - two.promise)
  const remarks = [
    ...definite.remarks,
    ...(end.journal === null ? ['Without the operator key nobody looked at the journal.'] : []),
    ...(end.violations === null ? ['The database was out of reach for `rowlock check`.'] : []),
  ]
  return { isClean: checks.every(({ breaches }) => breaches.length === 0), checks, remarks }
}

/** Promise 8: a reading shows what had been answered before it was asked for. */
function checkReads({ staleReads, readCount }: Evidence): Check {
  const breaches = staleReads.map(
    ({ operation, version, expected }) =>
      `${operation} told of version ${version} after ${expected} had been answered`,
  )
  return { promise: 8, title: 'Every reading was current', count: readCount, breaches }
}

/** Promise 8: the counts are those of the seats. */
function checkCounts({ end }: Evidence): Check {
  const letters = [...end.statuses.values()]
  const booked = letters.filter((letter) => letter === 'b').length
  const { counts } = end
  const sum = counts.available + counts.held + counts.booked + counts.blocked
  const breaches = [
    ...(counts.booked === booked ? [] : [`${counts.booked} counted as booked, ${booked} shown`]),
    ...(counts.total === letters.length ? [] : [`${counts.total} seats, ${letters.length} shown`]),
    ...(counts.total === sum ? [] : [`${counts.total} seats, the parts add up to ${sum}`]),
  ]
  return { promise: 8, title: 'The counts are those of the seats', count: letters.length, breaches }
}

/** Checks what `rowlock check` reads off the database. */
function checkDatabase({ end }: Evidence): Check[] {
  if (end.violations === null) return []
  const breaches = end.violations.map(
    ({ promise, rule, detail }) => `${promise}: ${rule}: ${detail}`,
  )
  return [{ promise: 9, title: '`rowlock check` finds nothing', count: 1, breaches }]
}
