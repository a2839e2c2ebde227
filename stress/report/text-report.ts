import { milliseconds } from '../display/progress-text.ts'
import type { OperationFigures } from '../meter.ts'
import { FATES, type Fate } from '../shoppers/visit.ts'
import type { Check } from '../verdict/evidence.ts'
import type { StressReport } from './report.ts'

/** More breaches of one promise say nothing new. */
const BREACHES_SHOWN = 10

/** Function that makes a line stand out, where lines can. */
export type Emphasize = (look: 'good' | 'bad' | 'title', text: string) => string

/** The report for a terminal. */
export function textReport(report: StressReport, emphasize: Emphasize): string {
  return [
    section(emphasize, 'The sale', summaryLines(report)),
    section(emphasize, 'Answers', table(report.operations.map(operationRow), OPERATION_TITLES)),
    section(emphasize, 'Refusals', refusalLines(report)),
    section(emphasize, 'Verdict', verdictLines(report, emphasize)),
  ].join('\n\n')
}

function section(emphasize: Emphasize, title: string, lines: readonly string[]): string {
  return [emphasize('title', title), ...lines.map((line) => `  ${line}`)].join('\n')
}

function summaryLines(report: StressReport): string[] {
  const { seats, soldOutAt, configuration, kills, fates } = report
  const sold = soldOutAt === null ? '' : `, sold out after ${soldOutAt.toFixed(1)} s`
  return [
    `${seats.booked} of ${seats.total} seats sold${sold}; ${report.bookingCount} bookings.`,
    `${configuration.shopperCount} shoppers in ${report.tookSeconds.toFixed(1)} s: ` +
      Object.entries(fates)
        .filter(([, count]) => count > 0)
        .map(([fate, count]) => `${count} ${FATES[fate as Fate]}`)
        .join(', '),
    `${report.answerCount} answers, ${Math.round(report.answersPerSecond)} a second; ` +
      `${report.lostCount} lost on the way.`,
    ...kills.map(({ what, at, backAt }) => {
      const back = backAt === null ? 'never came back' : `back after ${milliseconds(backAt - at)}`
      return `kill -9 of ${what} at ${(at / 1000).toFixed(1)} s, ${back}.`
    }),
    `Seed ${configuration.seed}; Rowlock ${configuration.version}; ${configuration.machine}.`,
  ]
}

const OPERATION_TITLES = ['', 'done', 'refused', 'busy', 'lost', 'p50', 'p95', 'p99', 'max']

function operationRow(figures: OperationFigures): string[] {
  const { operation, done, refused, busy, broken, hungUp, p50, p95, p99, max } = figures
  const counts = [done, refused, busy, broken + hungUp].map(String)
  return [operation, ...counts, ...[p50, p95, p99, max].map(milliseconds)]
}

function refusalLines({ refusals }: StressReport): string[] {
  if (refusals.length === 0) return ['none']
  return table(refusals.map(({ code, count }) => [code, String(count)]))
}

function verdictLines({ verdict }: StressReport, emphasize: Emphasize): string[] {
  const mark = ({ breaches }: Check) =>
    breaches.length === 0 ? emphasize('good', '✓') : emphasize('bad', '✗')
  const lines = verdict.checks.flatMap((check) => [
    `${mark(check)} ${String(check.promise).padStart(2)}  ${check.title} (${check.count} compared)`,
    ...check.breaches.slice(0, BREACHES_SHOWN).map((breach) => `      ${breach}`),
    ...(check.breaches.length > BREACHES_SHOWN
      ? [`      and ${check.breaches.length - BREACHES_SHOWN} more`]
      : []),
  ])
  const end = verdict.isClean
    ? emphasize('good', 'Every promise was kept.')
    : emphasize('bad', 'A promise was broken.')
  return [...lines, ...verdict.remarks, end]
}

/** Columns as wide as they have to be; all but the first are numbers, to the right. */
function table(rows: readonly (readonly string[])[], titles?: readonly string[]): string[] {
  const all = titles ? [titles, ...rows] : rows
  const widths = (all[0] ?? []).map((_, column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length)),
  )
  return all.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return column === 0 ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  ')
      .trimEnd(),
  )
}
