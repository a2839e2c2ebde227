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
"rowlock" loses nothing; "csv" and "pretix" keep what they can say.

Examples:
  rowlock plan export plan_… > theatre.json
  rowlock plan export plan_… --format csv --output seats.csv`

/** `rowlock plan import`, `rowlock plan generate` and `rowlock plan export`. */
export function addPlan(program: Command, shell: Shell): void {
  const plan = program
    .command('plan')
    .summary('import, generate and export seating plans')
    .description('Seating plans: sections, rows, seats, categories, with positions for drawing.')
  addImportPlan(plan, shell)
  addGeneratePlan(plan, shell)
  plan
    .command('export')
    .summary('write a seating plan as a file')
    .description('Write a seating plan as a file.')
    .argument('<plan>', 'id of the plan')
    .addOption(
      new Option('--format <format>', 'of the file')
        .choices(PLAN_EXPORT_FORMATS)
        .default('rowlock'),
    )
    .option('--output <file>', 'where to write it (default: standard output)')
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
