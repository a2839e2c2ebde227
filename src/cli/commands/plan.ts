import { writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import {
  ChangePlanBody,
  ListPlansQuery,
  PLAN_EXPORT_FORMATS,
  type PlanExportFormat,
  PlanOverview,
} from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import { addList, given, retiredOf } from '../listing.ts'
import { CLI_WRITE, withEngine } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { addOne } from '../tell-one.ts'
import { parseOptions } from '../with-access.ts'
import { addGeneratePlan } from './generate-plan.ts'
import { addImportPlan } from './import-plan.ts'

interface ExportOptions {
  readonly format: PlanExportFormat
  readonly output?: string
}

const EXPORT_EXAMPLES = `
"rowlock" keeps everything; "csv" and "pretix" keep what the format can express.

Examples:
  rowlock plan export plan_… > theatre.json
  rowlock plan export plan_… --format csv --output seats.csv`

const UPKEEP_EXAMPLES = `
The seats of a plan never change. A retired plan takes no new shows; existing shows carry on.

Examples:
  rowlock plan list venue_…
  rowlock plan change plan_… --name "Screen 1, until 2026" --retire`

/** `rowlock plan import`, `generate`, `export`, `list` and `change`. */
export function addPlan(program: Command, shell: Shell): void {
  const plan = program
    .command('plan')
    .summary('import, export, list and retire seating plans')
    .description(
      'Manage seating plans: sections, rows, seats and categories, with their positions.',
    )
  addImportPlan(plan, shell)
  addGeneratePlan(plan, shell)
  addUpkeep(plan, shell)
  plan
    .command('export')
    .summary('export a seating plan to a file')
    .description('Export a seating plan to a file.')
    .argument('<plan>', 'plan id')
    .addOption(
      new Option('--format <format>', 'file format')
        .choices(PLAN_EXPORT_FORMATS)
        .default('rowlock'),
    )
    .option('--output <file>', 'file to write (default: standard output)')
    .addHelpText('after', helpText(EXPORT_EXAMPLES))
    .action((id: string, options: ExportOptions, command: Command) =>
      shell.run(command, (context) => exportPlan(context, id, options)),
    )
}

function addUpkeep(plan: Command, shell: Shell): void {
  addOne(plan, shell, {
    verb: 'get',
    noun: 'plan',
    summary: 'print a summary of a seating plan',
    takes: { plan: 'plan id' },
    examples: UPKEEP_EXAMPLES,
    act: (context, [id = '']) => withEngine(context, (engine) => engine.getPlan(id)),
  })
  addList(plan, shell, {
    name: 'plans',
    summary: 'list the seating plans of a venue, without retired ones',
    takes: { venue: 'id of the venue' },
    examples: UPKEEP_EXAMPLES,
    open: withEngine,
    read: (engine, [venue = ''], { retired = false, ...page }) =>
      engine.listPlans(venue, parseOptions(ListPlansQuery, { ...page, retired: `${retired}` })),
    item: PlanOverview,
    columns: [
      { title: 'PLAN', text: ({ id }) => id, look: () => 'bold' },
      { title: 'NAME', text: ({ name }) => name, gives: true },
      { title: 'SEATS', align: 'right', text: ({ seatCount }) => String(seatCount) },
      { title: 'SHOWS', align: 'right', text: ({ showCount }) => String(showCount) },
    ],
    none: 'No plans. Import one with "rowlock plan import".',
  }).option('--retired', 'only retired ones')
  plan
    .command('change')
    .summary('rename a seating plan, or retire it')
    .description('Rename a seating plan, retire it, or bring it back.')
    .argument('<plan>', 'plan id')
    .option('--name <name>', 'its new name')
    .option('--retire', 'take no new shows')
    .option('--bring-back', 'take new shows again')
    .addHelpText('after', helpText(UPKEEP_EXAMPLES))
    .action((id: string, options: ChangeOptions, command: Command) =>
      shell.run(command, (context) => changePlan(context, id, options)),
    )
}

interface ChangeOptions {
  readonly name?: string
  readonly retire?: boolean
  readonly bringBack?: boolean
}

async function changePlan(context: Context, id: string, options: ChangeOptions) {
  const { name } = options
  const body = parseOptions(ChangePlanBody, given({ name, retired: retiredOf(options) }))
  const { value } = await withEngine(context, (engine) => {
    return engine.changePlan(CLI_WRITE, id, body)
  })
  const state = value.retiredAt === null ? '' : ' Retired.'
  context.terminal.result({ plan: value }, () => `${value.name}: ${value.seatCount} seats.${state}`)
  return undefined
}

async function exportPlan(context: Context, id: string, options: ExportOptions) {
  const { terminal } = context
  const text = await withEngine(context, async (engine) =>
    (await engine.exportPlan(id, options.format)).text(),
  )
  const { output, format } = options
  if (output !== undefined) {
    await writeFile(output, text)
    terminal.result({ plan: id, format, file: output }, () => `Wrote ${output}.`)
  } else if (terminal.isJson) terminal.result({ plan: id, format, text }, () => '')
  else terminal.print(text.replace(/\n$/, ''))
  return undefined
}
