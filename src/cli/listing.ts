import { type Command, InvalidArgumentError } from 'commander'
import type { z } from 'zod'
import { csvTable, isTimeZone } from '../protocol/index.ts'
import { wholeOption } from './options.ts'
import type { Context } from './shell.ts'
import { type Column, renderTable } from './table.ts'

/** Options of every list. */
export interface ListOptions {
  readonly limit: number
  readonly csv?: boolean
}

/** Form in which a list is told. */
interface Listing<Row> {
  /** Its name in JSON. */
  readonly name: string
  readonly item: z.ZodObject
  readonly columns: readonly Column<Row>[]
  /** Sentence where the list is empty. */
  readonly none: string
}

/** `--limit` and `--csv`. */
export function withListOptions(command: Command): Command {
  return command
    .option('--limit <count>', 'maximum number to list', wholeOption(1), 1_000)
    .option('--csv', 'print CSV, with all fields')
}

/** Options that `withSalesFilters` adds. */
export interface SalesFilters {
  readonly reference?: string
  readonly holder?: string
  readonly seat?: string
}

/** `--reference`, `--holder` and `--seat`. */
export function withSalesFilters(command: Command): Command {
  return command
    .option('--reference <text>', 'only those with this reference')
    .option('--holder <name>', 'only those for this holder')
    .option('--seat <label>', 'only the one that has this seat now')
}

/** Tells a list: a table for people, JSON or CSV for programs. */
export function tellList<Row extends object>(
  { terminal, world }: Context,
  { name, item, columns, none }: Listing<Row>,
  rows: readonly Row[],
  { csv = false }: ListOptions,
): undefined {
  if (csv && !terminal.isJson) {
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
