import { RULES } from '../judge/finding.ts'
import { SITUATIONS, type Situation } from '../judge/situations.ts'
import type { SelfTest } from '../self-test/self-test.ts'
import type { Totals } from '../totals.ts'

/** A situation that was met less often than this proves little. */
export const SITUATION_COUNT_MIN = 100
const FINDINGS_SHOWN = 12
const DETAIL_LENGTH_MAX = 300

/** Function that makes a line stand out, where lines can. */
export type Emphasize = (look: 'good' | 'bad' | 'title', text: string) => string

/** Writes what a run found, for a terminal. */
export function textReport(totals: Totals, emphasize: Emphasize): string {
  return [
    section(emphasize, 'The run', runLines(totals)),
    section(emphasize, 'Situations', situationLines(totals)),
    section(emphasize, 'Slowest answers', slowestLines(totals)),
    section(emphasize, 'Verdict', verdictLines(totals, emphasize)),
  ].join('\n\n')
}

function section(emphasize: Emphasize, title: string, lines: readonly string[]): string {
  return [emphasize('title', title), ...lines.map((line) => `  ${line}`)].join('\n')
}

function runLines({ seed, rounds, histories, counts }: Totals): string[] {
  const { attempts, done, refused, inDoubt, entries, reads, events, pages } = counts
  return [
    `${number(histories)} histories in ${number(rounds)} rounds; seed ${seed}.`,
    `${number(attempts)} attempts: ${number(done)} done, ${number(refused)} refused, ` +
      `${number(inDoubt)} in doubt, ${number(reads)} reads.`,
    `${number(entries)} journal entries, ${number(events)} stream events, ` +
      `${number(pages)} pages of events, ${number(counts.deliveries)} deliveries.`,
    `${number(counts.faults)} faults of the network, ${number(counts.disturbances)} disturbances.`,
  ]
}

function situationLines({ situations }: Totals): string[] {
  const names = Object.keys(SITUATIONS) as Situation[]
  const width = Math.max(...names.map((name) => number(situations[name]).length))
  return names.map((name) => {
    const count = number(situations[name]).padStart(width)
    const isRare = situations[name] < SITUATION_COUNT_MIN
    return `${count}  ${SITUATIONS[name]}${isRare ? `  (fewer than ${SITUATION_COUNT_MIN})` : ''}`
  })
}

function slowestLines({ slowest }: Totals): string[] {
  return slowest.slice(0, 5).map(({ operation, status, startedAt, endedAt }) => {
    return `${Math.round(endedAt - startedAt)} ms  ${operation} ${status}`
  })
}

function verdictLines({ findings, kept }: Totals, emphasize: Emphasize): string[] {
  const promises = [...new Set(Object.values(RULES))].toSorted((one, two) => one - two)
  const lines = promises.map((promise) => {
    const count = findings.filter((finding) => finding.promise === promise).length
    const rules = Object.entries(RULES).filter(([, of]) => of === promise)
    const about = rules.map(([rule]) => rule).join(', ')
    const verdict = count === 0 ? emphasize('good', 'kept') : emphasize('bad', `${count} findings`)
    return `Promise ${promise}: ${verdict} (${about})`
  })
  const shown = findings.slice(0, FINDINGS_SHOWN).map(({ promise, rule, show, detail }) => {
    const text = `${promise}: ${rule}, ${show}: ${detail}`
    return emphasize('bad', text.slice(0, DETAIL_LENGTH_MAX))
  })
  const more =
    findings.length > FINDINGS_SHOWN ? [`… and ${findings.length - FINDINGS_SHOWN} more`] : []
  return [...lines, ...shown, ...more, ...kept.map((path) => `History: ${path}`)]
}

/** Writes what the self-test found. */
export function selfTestText({ falseAlarms, lies }: SelfTest, emphasize: Emphasize): string {
  const rows = lies.map(({ name, rule, isCaught }) => {
    const mark = isCaught ? emphasize('good', 'caught') : emphasize('bad', 'MISSED')
    return `${mark}  ${name} (${rule})`
  })
  const alarms = falseAlarms.map((alarm) => emphasize('bad', `false alarm: ${alarm}`))
  return [section(emphasize, 'Lies', rows), ...alarms].join('\n')
}

function number(count: number): string {
  return count.toLocaleString('en')
}
