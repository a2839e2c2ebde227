import { type Booking, ERRORS, type ErrorCode, type Hold } from '../../src/protocol/index.ts'
import { type AnswerLog, codeOf, type RecordedAnswer, type RecordedCommand } from '../answer-log.ts'
import type { Kill } from '../kills.ts'
import { sameSeats, seatList } from './chains.ts'
import type { Check, Evidence } from './evidence.ts'

/** Promise 4: one key, one effect, one answer, whoever is asked, however often. */
export function checkSameAnswers(log: AnswerLog, effects: ReadonlySet<RecordedCommand>): Check {
  const breaches: string[] = []
  let count = 0
  for (const command of log) {
    if (command.isMisuse || !effects.has(command)) continue
    const first = command.answers.find(({ done }) => done !== null)
    if (!first?.done) continue
    const later = command.answers.slice(command.answers.indexOf(first) + 1)
    for (const answer of later.filter(({ status }) => status < 500)) {
      count += 1
      const wrong = compareAnswers(first.done, answer)
      if (wrong !== null) breaches.push(`${command.name} under key ${command.key}: ${wrong}`)
    }
  }
  return { promise: 4, title: 'The same key got the same answer again', count, breaches }
}

function compareAnswers(first: Hold | Booking, { done, refusal }: RecordedAnswer): string | null {
  if (done === null) return `was done (${first.id}), and later refused with ${refusal?.code}`
  if (done.id !== first.id) return `made ${first.id}, and later ${done.id}`
  if (done.version !== first.version) {
    return `answered version ${first.version}, and later ${done.version}`
  }
  if (sameSeats(done.seats, first.seats)) return null
  return `answered ${seatList(first.seats)}, and later ${seatList(done.seats)}`
}

/** Promise 4, the other half: a key that was used for something else is refused. */
export function checkMisuse(log: AnswerLog): Check {
  const answers = log
    .filter(({ isMisuse }) => isMisuse)
    .flatMap((command) => command.answers.map((answer) => ({ command, answer })))
    .filter(({ answer }) => answer.status < 500)
  const breaches = answers
    .filter(({ answer }) => codeOf(answer) !== 'idempotency_key_reused')
    .map(({ command, answer }) => {
      return `key ${command.key} was taken for another request: ${answer.status} ${codeOf(answer)}`
    })
  return {
    promise: 4,
    title: 'A key is refused for another request',
    count: answers.length,
    breaches,
  }
}

/** Promise 12: every refusal is one of the documented ones, and none is an accident of ours. */
export function checkRefusals(log: AnswerLog): Check {
  const refused = log.flatMap((command) =>
    command.answers
      .filter(({ refusal }) => refusal !== null)
      .map((answer) => ({ command, answer })),
  )
  const breaches = refused.flatMap(({ command, answer }) => {
    const code = codeOf(answer) ?? 'none'
    const spec = Object.hasOwn(ERRORS, code) ? ERRORS[code as ErrorCode] : null
    const isKnown = spec !== null && spec.status === answer.status && code !== 'internal'
    return isKnown ? [] : [`${command.name} (key ${command.key}): ${answer.status} ${code}`]
  })
  return {
    promise: 12,
    title: 'Every refusal is a documented one',
    count: refused.length,
    breaches,
  }
}

/** Promise 5, from outside: nobody was told that a hold is over while it had time left. */
export function checkHoldTimes(log: AnswerLog): Check {
  const endsAt = new Map<string, number>()
  const breaches: string[] = []
  let count = 0
  const answers = log
    .flatMap((command) => command.answers.map((answer) => ({ command, answer })))
    .toSorted((one, two) => one.answer.answeredAt - two.answer.answeredAt)
  for (const { command, answer } of answers) {
    if (answer.done && 'secondsLeft' in answer.done && answer.done.status === 'live') {
      // Rounded up by the server, and true at some moment before the answer came.
      const sureUntil = answer.askedAt + (answer.done.secondsLeft - 1) * 1000
      endsAt.set(answer.done.id, Math.max(sureUntil, endsAt.get(answer.done.id) ?? 0))
    }
    if (codeOf(answer) !== 'hold_expired' || command.target === null) continue
    count += 1
    const sureUntil = endsAt.get(command.target)
    if (sureUntil === undefined || answer.answeredAt >= sureUntil) continue
    const early = Math.round(sureUntil - answer.answeredAt)
    breaches.push(`hold ${command.target} ended at least ${early} ms early`)
  }
  return { promise: 5, title: 'No hold ended before its time', count, breaches }
}

/** Promise 14: outside of kills every request has an answer, and the answer is definite. */
export function checkDefinite(evidence: Evidence): { check: Check; remarks: string[] } {
  const { log, accidents, kills, isOwnStage } = evidence
  const odd: string[] = []
  let count = 0
  for (const { name, key, answers } of log) {
    count += answers.length
    for (const answer of answers) {
      // Whoever is told "busy" knows that nothing was done.
      if (answer.status < 500 || codeOf(answer) === 'busy') continue
      if (isKilled(kills, null, answer.askedAt, answer.answeredAt)) continue
      odd.push(`${name} (key ${key}) at ${seconds(answer.askedAt)}: ${codeOf(answer)}`)
    }
  }
  for (const { operation, server, askedAt, lostAt, loss, message } of accidents) {
    if (isKilled(kills, server, askedAt, lostAt)) continue
    odd.push(`${operation} of server ${server + 1} at ${seconds(askedAt)}: ${loss}, ${message}`)
  }
  for (const { what, backAt } of kills) {
    if (backAt === null) odd.push(`${what} was killed, and did not come back`)
  }
  const title = 'Outside of kills, every answer was definite'
  const check = { promise: 14, title, count, breaches: isOwnStage ? odd : [] }
  // Servers of others may be busy, or restarted, for reasons of their own.
  const remarks = isOwnStage || odd.length === 0 ? [] : [`${odd.length} answers were not definite.`]
  return { check, remarks }
}

/** Servers may notice a little late that the database is back. */
const AFTERMATH_MS = 2_000

/** Tells whether something fell into a kill that it can be blamed on. */
function isKilled(
  kills: readonly Kill[],
  server: number | null,
  from: number,
  until: number,
): boolean {
  return kills.some((kill) => {
    const backAt = (kill.backAt ?? Number.POSITIVE_INFINITY) + AFTERMATH_MS
    const isConcerned = kill.server === null || server === null || kill.server === server
    return isConcerned && from <= backAt && until >= kill.at
  })
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
