import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Argument, type Command } from 'commander'
import type { Engine } from '../../engine/index.ts'
import {
  Block,
  Booking,
  BYTE_ORDER_MARK,
  csvTable,
  Hold,
  JournalEntry,
  LIMITS,
  Seat,
} from '../../protocol/index.ts'
import { CommandError, fileMessage } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { CLI_CALLER, withEngine } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'

interface ExportOptions {
  readonly output?: string
  readonly bom?: boolean
}

type Row = Readonly<Record<string, unknown>>

interface Page {
  readonly items: readonly Row[]
  readonly next: string | null
}

type Rows = AsyncGenerator<readonly Row[], void, void>
type PageQuery = { readonly limit: number; readonly cursor?: string }

/** Lists that can be exported: how each is read, and what its rows are. */
const LISTS = {
  seats: { item: Seat, read: (engine: Engine, show: string) => engine.exportSeats(show, ALL) },
  bookings: {
    item: Booking,
    read: (engine: Engine, show: string) =>
      pageAfterPage((query) => engine.listBookings(CLI_CALLER, show, query)),
  },
  holds: {
    item: Hold,
    read: (engine: Engine, show: string) =>
      pageAfterPage((query) => engine.listHolds(CLI_CALLER, show, query)),
  },
  blocks: {
    item: Block,
    read: (engine: Engine, show: string) =>
      pageAfterPage((query) => engine.listBlocks(CLI_CALLER, show, query)),
  },
  journal: {
    item: JournalEntry,
    read: (engine: Engine, show: string) =>
      pageAfterPage((query) => engine.listJournal(show, query)),
  },
} as const

type ListName = keyof typeof LISTS

const ALL: PageQuery = { limit: LIMITS.pageLimitMax }

const EXAMPLES = `
Writes CSV, or with --json one line of JSON for each row, as it reads, so the size of the show does
not matter. In CSV, cells that a spreadsheet would run as formulas begin with '.

Examples:
  rowlock export avengers-2026-7pm bookings > bookings.csv
  rowlock export avengers-2026-7pm seats --bom --output seats.csv
  rowlock export avengers-2026-7pm journal --json | jq -r .kind | sort | uniq -c`

/** `rowlock export`. */
export function addExport(program: Command, shell: Shell): void {
  program
    .command('export')
    .summary('export seats, bookings or the journal of a show as CSV')
    .description('Export a whole list of a show as CSV.')
    .argument('<show>', 'show key')
    .addArgument(new Argument('<list>', 'what to export').choices(Object.keys(LISTS)))
    .option('--output <file>', 'file to write (default: standard output)')
    .option('--bom', 'begin with a byte-order mark, which spreadsheets need')
    .addHelpText('after', helpText(EXAMPLES))
    .action((show: string, list: ListName, options: ExportOptions, command: Command) =>
      shell.run(command, (context) => exportList(context, show, list, options)),
    )
}

async function exportList(context: Context, show: string, list: ListName, options: ExportOptions) {
  const { terminal, world } = context
  const { item, read } = LISTS[list]
  const table = csvTable(item)
  const head = terminal.isJson ? '' : (options.bom ? BYTE_ORDER_MARK : '') + table.header
  const lineOf = (row: Row) => (terminal.isJson ? `${JSON.stringify(row)}\n` : table.line(row))
  const { output } = options
  await withEngine(context, async (engine) => {
    // Asked first: a show that is not there leaves no file behind.
    const { key } = await engine.getShow(show)
    const text = Readable.from(linesOf(head, read(engine, key), lineOf))
    try {
      if (output === undefined) await pipeline(text, world.stdout, { end: false })
      else await pipeline(text, createWriteStream(output))
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException
      // Whoever reads only the first lines wants no more of them.
      if (code === 'EPIPE') return
      if (output === undefined || syscall === undefined) throw error
      throw new CommandError('usage', fileMessage(error, output))
    }
  })
  if (output !== undefined) terminal.note(`Wrote ${output}.`)
  return undefined
}

async function* linesOf(
  head: string,
  rows: Rows,
  lineOf: (row: Row) => string,
): AsyncGenerator<string> {
  if (head !== '') yield head
  for await (const part of rows) if (part.length > 0) yield part.map(lineOf).join('')
}

async function* pageAfterPage(read: (query: PageQuery) => Promise<Page>): Rows {
  for (let query = ALL; ; ) {
    const page = await read(query)
    yield page.items
    if (page.next === null) return
    query = { ...ALL, cursor: page.next }
  }
}
