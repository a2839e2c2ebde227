import type { Command } from 'commander'
import {
  GetReportQuery,
  REPORT_PARTS,
  type Report,
  type ReportPart,
  type ReportRow,
  reportRowBy,
} from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import { tellRows } from '../listing.ts'
import { withEngine } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import type { Column } from '../table.ts'
import { parseOptions } from '../with-access.ts'

interface ReportOptions {
  readonly by: string
  readonly csv?: boolean
}

const EXAMPLES = `
Each line says how many seats share these values, and in how many bookings. A
day is the day the seats were sold, in the venue's time zone.

Examples:
  rowlock report hamlet
  rowlock report hamlet --by section,status
  rowlock report hamlet --by day --csv > days.csv`

/** `rowlock report`. */
export function addReport(program: Command, shell: Shell): void {
  program
    .command('report')
    .summary('count the seats of a show')
    .description('Count the seats of a show by status, section, category, row, holder or day.')
    .argument('<show>', 'show key')
    .option('--by <parts>', `comma-separated: ${REPORT_PARTS.join(',')}`, 'status')
    .option('--csv', 'print CSV')
    .addHelpText('after', helpText(EXAMPLES))
    .action((show: string, options: ReportOptions, command: Command) =>
      shell.run(command, (context) => report(context, show, options)),
    )
}

async function report(context: Context, show: string, { by, csv = false }: ReportOptions) {
  const query = parseOptions(GetReportQuery, { by })
  const counted = await withEngine(context, (engine) => engine.getReport(show, query))
  if (context.terminal.isJson) return tellWhole(context, counted)
  tellRows<ReportRow>(
    context,
    {
      name: 'items',
      item: reportRowBy(counted.by),
      columns: [...counted.by.map(columnOf), ...COUNTS],
      none: 'No seats.',
    },
    counted.items,
    csv,
  )
  return undefined
}

function tellWhole({ terminal }: Context, report: Report): undefined {
  terminal.result({ report }, () => '')
}

function columnOf(part: ReportPart): Column<ReportRow> {
  return { title: part.toUpperCase(), text: (row) => row[part] ?? '-', gives: true }
}

const COUNTS: readonly Column<ReportRow>[] = [
  { title: 'SEATS', align: 'right', text: ({ seats }) => String(seats) },
  { title: 'BOOKINGS', align: 'right', text: ({ bookings }) => String(bookings) },
]
