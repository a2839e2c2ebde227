import type { Command } from 'commander'
import { ChangeHoldBody, type Hold } from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import { labelList, wholeOption } from '../options.ts'
import { CLI_CALLER, withStack } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { parseOptions } from '../with-access.ts'

interface ChangeOptions {
  readonly add?: string[]
  readonly drop?: string[]
  readonly best?: number
}

const EXAMPLES = `
All or nothing, in one step: what the hold keeps stays held, until the same time as before.

Examples:
  rowlock hold change hamlet hold_… --add A3
  rowlock hold change hamlet hold_… --add B5,B6 --drop A1,A2
  rowlock hold change hamlet hold_… --best 1`

/** `rowlock hold change`. */
export function addHold(program: Command, shell: Shell): void {
  program
    .command('hold')
    .summary('change a live hold')
    .description('Change holds.')
    .command('change')
    .summary('add seats to a live hold, or drop some')
    .description('Add seats to a live hold, or drop some of its seats.')
    .argument('<show>', 'show key')
    .argument('<hold>', 'id of the hold')
    .option('--add <labels>', 'comma-separated seats to add', labelList)
    .option('--drop <labels>', 'comma-separated seats to give back', labelList)
    .option('--best <count>', 'add so many of the best that are free', wholeOption(1))
    .addHelpText('after', helpText(EXAMPLES))
    .action((show: string, hold: string, options: ChangeOptions, command: Command) =>
      shell.run(command, (context) => changeHold(context, show, hold, options)),
    )
}

async function changeHold(context: Context, show: string, hold: string, options: ChangeOptions) {
  const { terminal, configuration } = context
  const { best, ...named } = options
  const body = parseOptions(ChangeHoldBody, {
    ...named,
    ...(best !== undefined && { best: { quantity: best } }),
  })
  const { value, changed } = await withStack(configuration, terminal, ({ engine }) => {
    return engine.changeHold({ caller: CLI_CALLER, idempotencyKey: null }, show, hold, body)
  })
  terminal.result({ changed, hold: value }, () => describe(value))
  return undefined
}

function describe({ seats, secondsLeft }: Hold): string {
  return `The hold has ${seats.join(', ')}, for another ${secondsLeft} seconds.`
}
