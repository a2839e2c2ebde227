import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { type Command, Option } from 'commander'
import { detectFormat, parsePlan } from '../../plans/index.ts'
import { LIMITS, PLAN_FORMATS, type PlanFormat, type PlanSpec } from '../../protocol/index.ts'
import { CommandError, fileMessage } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { withStack } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { findVenue, storePlan } from '../store-plan.ts'

interface ImportOptions {
  readonly format?: PlanFormat
  readonly venue?: string
  readonly name?: string
  readonly dryRun?: boolean
}

interface Source {
  readonly format: PlanFormat
  readonly text: string
  readonly plan: PlanSpec
}

const EXAMPLES = `
Formats: "grid" ({"rows": "A-J", "seatsPerRow": 12}), "rowlock" (our JSON), "csv", "pretix" and
"seatsio" (a drawing). A file with mistakes is refused, with the place of each. Importing the same
file once more gives the same plan.

Examples:
  rowlock plan import theatre.json --dry-run
  rowlock plan import theatre.json --venue "Old Vic"
  rowlock plan import - --format csv --name Stalls < seats.csv`

/** `rowlock plan import`. */
export function addImportPlan(plan: Command, shell: Shell): void {
  plan
    .command('import')
    .summary('store a seating plan from a file')
    .description('Store a seating plan from a file.')
    .argument('<file>', 'the file, or - for standard input')
    .addOption(
      new Option('--format <format>', 'of the file (default: recognised)').choices(PLAN_FORMATS),
    )
    .option(
      '--venue <venue>',
      'id or name; a name that is new makes a venue (default: the only one)',
    )
    .option('--name <name>', 'of the plan (default: as the file says)')
    .option('--dry-run', 'look for mistakes only; needs no database')
    .addHelpText('after', helpText(EXAMPLES))
    .action((file: string, options: ImportOptions, command: Command) =>
      shell.run(command, (context) => importPlan(context, file, options)),
    )
}

async function importPlan(context: Context, file: string, options: ImportOptions) {
  const { terminal, configuration } = context
  const source = await readSource(context, file, options.format)
  const { plan: spec, format } = source
  if (options.dryRun) {
    const { name, seats, sections, categories } = spec
    const found = { name, seatCount: seats.length, sections, categories }
    terminal.result({ format, plan: found }, () => describeSpec(spec, format))
    return undefined
  }
  const { plan, venue } = await withStack(configuration, terminal, async ({ engine }) => {
    const venue = await findVenue(engine, options.venue, options.name ?? spec.name)
    return { venue, plan: await storePlan(engine, venue, source, options.name) }
  })
  terminal.result({ plan, venue }, () => {
    return (
      `${plan.name}: ${plan.seatCount} seats in ${plan.sections.length} sections, at ` +
      `${venue.name}.\nPlan ${plan.id}`
    )
  })
  return undefined
}

async function readSource({ world }: Context, file: string, named?: PlanFormat): Promise<Source> {
  const text = file === '-' ? await readAll(world.stdin) : await readText(file)
  if (text.length > LIMITS.planBytesMax) {
    throw new CommandError('usage', `${file} is larger than ${LIMITS.planBytesMax} bytes.`)
  }
  const format = named ?? detectFormat(text)
  if (format === null) {
    const advice = `say which it is with --format ${PLAN_FORMATS.join(', ')}`
    throw new CommandError('usage', `${basename(file)} looks like none of the formats: ${advice}.`)
  }
  return { format, text, plan: parsePlan(format, text) }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new CommandError('usage', fileMessage(error, file))
  }
}

function describeSpec({ name, seats, sections, categories }: PlanSpec, format: PlanFormat): string {
  return (
    `${name} (${format}): ${seats.length} seats in ${sections.length} sections and ` +
    `${categories.length} categories. No mistakes found.`
  )
}
