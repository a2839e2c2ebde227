import { writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { PLAN_EXPORT_FORMATS, type PlanExportFormat } from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import { withStack } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
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

/** `rowlock plan import`, `rowlock plan generate` and `rowlock plan export`. */
export function addPlan(program: Command, shell: Shell): void {
  const plan = program
    .command('plan')
    .summary('import, generate and export seating plans')
    .description(
      'Manage seating plans: sections, rows, seats and categories, with their positions.',
    )
  addImportPlan(plan, shell)
  addGeneratePlan(plan, shell)
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

async function exportPlan(context: Context, id: string, options: ExportOptions) {
  const { terminal, configuration } = context
  const text = await withStack(configuration, terminal, async ({ engine }) =>
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
