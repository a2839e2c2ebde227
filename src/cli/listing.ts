import { type Command, InvalidArgumentError } from 'commander'
import type { z } from 'zod'
import { csvTable, isTimeZone } from '../protocol/index.ts'
import { helpText } from './help-text.ts'
import { wholeOption } from './options.ts'
import type { Context, Shell } from './shell.ts'
import { type Column, renderTable } from './table.ts'
import { addArgument, sentenceOf } from './tell-one.ts'
import { takeAll } from './with-access.ts'

/** Form in which rows are told. */
interface Rows<Row> {
  /** Their key in JSON. */
  readonly name: string
  readonly item: z.ZodObject
  readonly columns: readonly Column<Row>[]
  /** Sentence where there are none. */
  readonly none: string
}

/** A subcommand `list`: what it asks, and how the answer is told. */
interface Listing<Source, Row> extends Rows<Row> {
  readonly summary: string
  /** Its arguments, each with what it is; one in brackets may be left out. */
  readonly takes?: Readonly<Record<string, string>>
  readonly examples: string
  /** Opens what the rows are in: `withEngine` or `withAccess`. */
  readonly open: <T>(context: Context, work: (source: Source) => Promise<T>) => Promise<T>
  /** Reads one page; `query` is the page and the options that were given. */
  readonly read: (
    source: Source,
    args: readonly (string | undefined)[],
    query: Readonly<Record<string, unknown>>,
  ) => Promise<{ items: Row[]; next: string | null }>
}

interface ListOptions extends Readonly<Record<string, unknown>> {
  readonly limit: number
  readonly csv?: boolean
}

/** Adds `list`, with `--limit` and `--csv`; options that choose rows may be added to it. */
export function addList<Source, Row extends object>(
  parent: Command,
  shell: Shell,
  listing: Listing<Source, Row>,
): Command {
  const { summary, takes = {}, examples } = listing
  const command = parent.command('list').summary(summary).description(sentenceOf(summary))
  for (const [name, about] of Object.entries(takes)) addArgument(command, name, about)
  const count = Object.keys(takes).length
  return command
    .option('--limit <count>', 'maximum number to list', wholeOption(1), 1_000)
    .option('--csv', 'print CSV, with all fields')
    .addHelpText('after', helpText(examples))
    .action((...given: unknown[]) => {
      const args = given.slice(0, count) as (string | undefined)[]
      const { limit, csv = false, ...filters } = given[count] as ListOptions
      return shell.run(command, async (context) => {
        const rows = await listing.open(context, (source) =>
          takeAll(limit, (page) => listing.read(source, args, { ...page, ...filters })),
        )
        tellRows(context, listing, rows, csv)
        return undefined
      })
    })
}

/** `--reference`, `--holder` and `--seat`. */
export function withSalesFilters(command: Command): Command {
  return command
    .option('--reference <text>', 'only those with this reference')
    .option('--holder <name>', 'only those for this holder')
    .option('--seat <label>', 'only the one that has this seat now')
}

/** Tells a list: a table for people, JSON or CSV for programs. */
export function tellRows<Row extends object>(
  { terminal, world }: Context,
  { name, item, columns, none }: Rows<Row>,
  rows: readonly Row[],
  isCsv: boolean,
): void {
  if (isCsv && !terminal.isJson) {
    const table = csvTable(item)
    const lines = rows.map((row) => table.line(row as Readonly<Record<string, unknown>>))
    world.stdout.write(table.header + lines.join(''))
    return
  }
  terminal.result({ [name]: rows }, () => {
    return rows.length === 0 ? none : renderTable(terminal, columns, rows)
  })
}

/** Parses a time zone: `Europe/London`. */
export function timeZoneOption(text: string): string {
  if (isTimeZone(text)) return text
  throw new InvalidArgumentError('It must be an IANA time zone such as Europe/London.')
}

/** The fields that were given. */
export function given<Fields extends object>(fields: Fields): Partial<Fields> {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(known) as Partial<Fields>
}

/** Puts null where an option was given this word: Commander keeps no null. */
export function nullFor(
  word: string,
  options: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const fields = Object.entries(given(options))
  return Object.fromEntries(fields.map(([name, value]) => [name, value === word ? null : value]))
}

/** Reads `--retire` and `--bring-back`; undefined without either. */
export function retiredOf(options: { retire?: boolean; bringBack?: boolean }): boolean | undefined {
  if (options.retire) return true
  return options.bringBack ? false : undefined
}
