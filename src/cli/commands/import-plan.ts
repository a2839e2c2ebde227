import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { arrayBuffer as readAll } from 'node:stream/consumers'
import { type Command, Option } from 'commander'
import { decodeFile, detectFormat, importPlan as readPlan } from '../../plans/index.ts'
import {
  CSV_COLUMNS,
  LIMITS,
  type Mistake,
  PLAN_FORMATS,
  PLAN_SIDES,
  type PlanFormat,
  PlanOptions,
  type PlanSpec,
  type PlanSummary,
  type PlanWarning,
} from '../../protocol/index.ts'
import { CommandError, fileMessage } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { timeZoneOption } from '../listing.ts'
import { withEngine } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { findVenue, storePlan } from '../store-plan.ts'

interface ImportOptions {
  readonly format?: PlanFormat
  readonly venue?: string
  readonly timeZone?: string
  readonly name?: string
  readonly dryRun?: boolean
  readonly column?: readonly string[]
  readonly ignoreUnknownColumns?: boolean
  readonly focalPoint?: string
}

interface Source {
  readonly format: PlanFormat
  readonly text: string
  readonly options: PlanOptions
  readonly plan: PlanSpec
  readonly summary: PlanSummary
  readonly warnings: readonly PlanWarning[]
}

const EXAMPLES = `
Formats: "grid" ({"rows": "A-J", "seatsPerRow": 12}), "rowlock" (our JSON), "csv", "pretix" and
"seatsio" (a drawing). An invalid file is refused, with the place of every mistake. Importing the
same file again returns the same plan.

Examples:
  rowlock plan import theatre.json --dry-run
  rowlock plan import theatre.json --venue "Old Vic" --time-zone Europe/London
  rowlock plan import saal.csv --column seat=Sitznr --ignore-unknown-columns
  rowlock plan import saal.csv --focal-point top
  rowlock plan import - --format csv --name Stalls < seats.csv`

/** `rowlock plan import`. */
export function addImportPlan(plan: Command, shell: Shell): void {
  plan
    .command('import')
    .summary('import a seating plan from a file')
    .description('Import a seating plan from a file.')
    .argument('<file>', 'the file, or - for standard input')
    .addOption(
      new Option('--format <format>', 'file format (default: detected)').choices(PLAN_FORMATS),
    )
    .option(
      '--venue <venue>',
      'venue id or name; a new name creates a venue (default: the only venue)',
    )
    .option('--time-zone <zone>', 'time zone of a new venue', timeZoneOption)
    .option('--name <name>', 'plan name (default: from the file)')
    .option(
      '--column <ours=theirs>',
      `CSV: what a column means (${CSV_COLUMNS.join(', ')}); repeatable`,
      (one: string, all: readonly string[] = []) => [...all, one],
    )
    .option('--ignore-unknown-columns', 'CSV: skip unknown columns')
    .option(
      '--focal-point <side>',
      `where the stage is: ${PLAN_SIDES.join(', ')}, or x,y (default: from the file)`,
    )
    .option('--dry-run', 'only validate the file; needs no database')
    .addHelpText('after', helpText(EXAMPLES))
    .action((file: string, options: ImportOptions, command: Command) =>
      shell.run(command, (context) => importPlan(context, file, options)),
    )
}

async function importPlan(context: Context, file: string, options: ImportOptions) {
  const { terminal } = context
  const source = await readSource(context, file, options)
  const { format, plan: spec, summary, warnings } = source
  const findings = () => `\n${describeSummary(summary)}${describeWarnings(warnings)}`
  if (options.dryRun) {
    const { name, seats, sections, categories } = spec
    const found = { name, seatCount: seats.length, sections, categories }
    terminal.result({ format, plan: found, summary, warnings }, () => {
      return `${name} (${format}): no mistakes found.${findings()}`
    })
    return undefined
  }
  const { plan, venue } = await withEngine(context, async (engine) => {
    const venue = await findVenue(
      engine,
      options.venue,
      options.name ?? spec.name,
      options.timeZone,
    )
    return { venue, plan: await storePlan(engine, venue, source, options.name) }
  })
  terminal.result({ plan, venue }, () => {
    return `${plan.name}, at ${venue.name}.\nPlan ${plan.id}${findings()}`
  })
  return undefined
}

function readOptions({ column, ignoreUnknownColumns, focalPoint }: ImportOptions): PlanOptions {
  const columns = Object.fromEntries((column ?? []).map((one) => one.split(/=(.*)/su, 2)))
  const given = {
    ...(column !== undefined && { columns }),
    ...(ignoreUnknownColumns !== undefined && { ignoreUnknownColumns }),
    ...(focalPoint !== undefined && { focalPoint: pointOf(focalPoint) }),
  }
  const result = PlanOptions.safeParse(given)
  if (result.success) return result.data
  const mistakes = result.error.issues.map(({ path, message }): Mistake => {
    const option = path[0] === 'columns' ? '--column' : `--${kebab(String(path[0]))}`
    return { path: [option, ...path.slice(1).map(String)].join(' '), message }
  })
  throw new CommandError('usage', 'The file could not be read.', mistakes)
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** A side by its word, or `x,y`. */
function pointOf(text: string): unknown {
  const parts = /^(-?[\d.]+),\s*(-?[\d.]+)$/u.exec(text)
  return parts ? { x: Number(parts[1]), y: Number(parts[2]) } : text
}

async function readSource(
  { world }: Context,
  file: string,
  options: ImportOptions,
): Promise<Source> {
  const planOptions = readOptions(options)
  const bytes = file === '-' ? await readAll(world.stdin) : await readBytes(file)
  if (bytes.byteLength > LIMITS.planBytesMax) {
    throw new CommandError('usage', `${file} is larger than ${LIMITS.planBytesMax} bytes.`)
  }
  const text = decodeFile(new Uint8Array(bytes))
  const format = options.format ?? (options.column ? 'csv' : detectFormat(text))
  if (format === null) {
    const advice = `name it with --format ${PLAN_FORMATS.join(', ')}`
    throw new CommandError(
      'usage',
      `${basename(file)} is in no format that Rowlock recognises: ${advice}.`,
    )
  }
  return { format, text, options: planOptions, ...readPlan(format, text, planOptions) }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new CommandError('usage', fileMessage(error, file))
  }
}

function describeSummary(summary: PlanSummary): string {
  const { seats, sections, rows, longestRow, seatsWithoutRow, categories } = summary
  const needs = [
    [summary.accessible, 'accessible'],
    [summary.companion, "companions'"],
    [summary.restrictedView, 'with a restricted view'],
    [summary.generalAdmission, 'places of general admission'],
    [seatsWithoutRow, 'without a row'],
  ] as const
  const row =
    longestRow && ` (the longest, ${longestRow.row}, has ${some(longestRow.seats, 'seat')})`
  return [
    `${some(seats, 'seat')} in ${some(sections, 'section')} and ${some(rows, 'row')}${row ?? ''}`,
    ...needs.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : [])),
    `by category: ${categories.map((one) => `${one.name} ${one.seats}`).join(', ')}`,
  ].join('\n  ')
}

function some(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`
}

function describeWarnings(warnings: readonly PlanWarning[]): string {
  return warnings
    .map(({ message, examples }) => {
      const which = examples.length > 0 ? `\n  ${examples.join(', ')}` : ''
      return `\nWarning: ${message}${which}`
    })
    .join('')
}
