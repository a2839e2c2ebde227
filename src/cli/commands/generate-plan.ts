import { writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { exportPlan, generatePlan, PLAN_SHAPES, type PlanShapeName } from '../../plans/index.ts'
import {
  LIMITS,
  PLAN_EXPORT_FORMATS,
  type PlanExportFormat,
  type PlanSpec,
} from '../../protocol/index.ts'
import { CommandError } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { timeZoneOption } from '../listing.ts'
import { wholeOption } from '../options.ts'
import { withEngine } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { findVenue, storePlan } from '../store-plan.ts'

interface GenerateOptions {
  readonly shape: PlanShapeName
  readonly seats: number
  readonly format: PlanExportFormat
  readonly output?: string
  readonly venue?: string
  readonly timeZone?: string
  readonly name?: string
}

const EXAMPLES = `
Generates realistic labels, categories, positions, accessible seats and a focal point. The same
options give the same plan. An arena has a general admission floor.

Examples:
  rowlock plan generate --shape stadium --seats 80000 --output stadium.json
  rowlock plan generate --shape theatre --seats 900 --format csv > seats.csv
  rowlock plan generate --venue "The Dome" --time-zone Europe/London`

/** `rowlock plan generate`. */
export function addGeneratePlan(plan: Command, shell: Shell): void {
  plan
    .command('generate')
    .summary('generate a seating plan')
    .description('Generate a seating plan of any size.')
    .addOption(
      new Option('--shape <shape>', 'kind of venue').choices(PLAN_SHAPES).default('theatre'),
    )
    .option(
      '--seats <count>',
      'exact number of seats',
      wholeOption(1, LIMITS.seatsPerPlanMax),
      1_000,
    )
    .addOption(
      new Option('--format <format>', 'file format')
        .choices(PLAN_EXPORT_FORMATS)
        .default('rowlock'),
    )
    .option('--output <file>', 'file to write (default: standard output)')
    .option('--venue <venue>', 'store it for this venue (id or name) instead')
    .option('--time-zone <zone>', 'time zone of a new venue', timeZoneOption)
    .option('--name <name>', 'plan name')
    .addHelpText('after', helpText(EXAMPLES))
    .action((options: GenerateOptions, command: Command) =>
      shell.run(command, (context) => generate(context, options)),
    )
}

async function generate(context: Context, options: GenerateOptions): Promise<undefined> {
  const { shape, seats, name, venue, output } = options
  if (venue !== undefined && output !== undefined) {
    throw new CommandError('usage', 'Give --venue to store the plan, or --output to write it.')
  }
  const made = generatePlan({ shape, seats })
  const plan = name === undefined ? made : { ...made, name }
  if (venue === undefined) await write(context, plan, options)
  else await store(context, plan, venue, options.timeZone)
}

async function write({ terminal }: Context, plan: PlanSpec, options: GenerateOptions) {
  const { format, output } = options
  const text = exportPlan(format, plan)
  const about = { name: plan.name, format, seatCount: plan.seats.length }
  if (output !== undefined) {
    await writeFile(output, text)
    const many = `${plan.seats.length} seats in ${plan.sections.length} sections`
    terminal.result({ ...about, file: output }, () => `Wrote ${plan.name}, ${many}, to ${output}.`)
  } else if (terminal.isJson) terminal.result({ ...about, text }, () => '')
  else terminal.print(text.replace(/\n$/, ''))
}

async function store(
  context: Context,
  plan: PlanSpec,
  wanted: string,
  timeZone: string | undefined,
) {
  const { terminal } = context
  const source = { format: 'rowlock', text: exportPlan('rowlock', plan) } as const
  const stored = await withEngine(context, async (engine) => {
    const venue = await findVenue(engine, wanted, plan.name, timeZone)
    return { venue, plan: await storePlan(engine, venue, source) }
  })
  terminal.result(stored, () => {
    const { name, seatCount, id } = stored.plan
    return `${name}: ${seatCount} seats, at ${stored.venue.name}.\nPlan ${id}`
  })
}
