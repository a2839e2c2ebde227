import type { Command } from 'commander'
import { ChangeHoldBody, Hold, ListHoldsQuery, ReleaseHoldBody } from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import { addList, nullFor, withSalesFilters } from '../listing.ts'
import { labelList, wholeOption } from '../options.ts'
import { CLI_CALLER, CLI_WRITE, withEngine } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import type { Column } from '../table.ts'
import { addOne, noteOption } from '../tell-one.ts'
import { parseOptions } from '../with-access.ts'

interface ChangeOptions {
  readonly add?: string[]
  readonly drop?: string[]
  readonly best?: number
  readonly holder?: string
  readonly reference?: string
  readonly note?: Readonly<Record<string, string>>
}

const EXAMPLES = `
All or nothing, in one step: what the hold keeps stays held, until the same time as before.
--holder "" and --reference "" take away what there is.

Examples:
  rowlock hold change hamlet hold_… --add A3
  rowlock hold change hamlet hold_… --add B5,B6 --drop A1,A2
  rowlock hold change hamlet hold_… --holder customer-17 --note basket=99
  rowlock hold release hamlet hold_… --seats A2`

const LIST_EXAMPLES = `
Examples:
  rowlock hold list hamlet
  rowlock hold list hamlet --holder customer-17 --json`

/** `rowlock hold list`, `get`, `change` and `release`. */
export function addHold(program: Command, shell: Shell): void {
  const parent = program
    .command('hold')
    .summary('list, change and release holds')
    .description('Look at holds, change and release them.')
  withSalesFilters(
    addList(parent, shell, {
      name: 'holds',
      summary: 'list the live holds of a show',
      takes: { show: 'show key' },
      examples: LIST_EXAMPLES,
      open: withEngine,
      read: (engine, [show = ''], query) =>
        engine.listHolds(CLI_CALLER, show, parseOptions(ListHoldsQuery, query)),
      item: Hold,
      columns: COLUMNS,
      none: 'No live holds.',
    }),
  )
  const takes = { show: 'show key', hold: 'id of the hold' }
  addOne(parent, shell, {
    verb: 'get',
    noun: 'hold',
    summary: 'print a hold, live or not',
    takes,
    examples: LIST_EXAMPLES,
    act: (context, [show = '', hold = '']) =>
      withEngine(context, (engine) => engine.getHold(CLI_CALLER, show, hold)),
  })
  addOne(parent, shell, {
    verb: 'release',
    noun: 'hold',
    summary: 'release a hold, or some of its seats',
    takes,
    examples: EXAMPLES,
    act: async (context, [show = '', hold = ''], options) => {
      const body = parseOptions(ReleaseHoldBody, options)
      return withEngine(context, async (engine) => {
        return (await engine.releaseHold(CLI_WRITE, show, hold, body)).value
      })
    },
  }).option('--seats <labels>', 'comma-separated seats, if not all of them', labelList)
  parent
    .command('change')
    .summary('change the seats of a live hold, or its notes')
    .description('Add seats to a live hold, drop some, or change its holder, reference or notes.')
    .argument('<show>', 'show key')
    .argument('<hold>', 'id of the hold')
    .option('--add <labels>', 'comma-separated seats to add', labelList)
    .option('--drop <labels>', 'comma-separated seats to give back', labelList)
    .option('--best <count>', 'add this many of the best free seats', wholeOption(1))
    .option('--holder <name>', 'its new holder')
    .option('--reference <text>', 'its new reference')
    .option('--note <key=value>', 'replace its notes; repeatable', noteOption)
    .addHelpText('after', helpText(EXAMPLES))
    .action((show: string, hold: string, options: ChangeOptions, command: Command) =>
      shell.run(command, (context) => changeHold(context, show, hold, options)),
    )
}

const COLUMNS: readonly Column<Hold>[] = [
  { title: 'HOLD', text: ({ id }) => id, look: () => 'bold' },
  { title: 'SEATS', text: ({ seats }) => seats.join(', '), gives: true },
  { title: 'HOLDER', text: ({ holder }) => holder ?? '-', gives: true },
  { title: 'REFERENCE', text: ({ reference }) => reference ?? '-', gives: true },
  { title: 'LEFT', align: 'right', text: ({ secondsLeft }) => `${secondsLeft} s` },
]

async function changeHold(context: Context, show: string, hold: string, options: ChangeOptions) {
  const { best, note: metadata, ...named } = options
  const body = parseOptions(ChangeHoldBody, {
    ...nullFor('', named),
    ...(best !== undefined && { best: { quantity: best } }),
    ...(metadata && { metadata }),
  })
  const { value, changed } = await withEngine(context, (engine) => {
    return engine.changeHold(CLI_WRITE, show, hold, body)
  })
  context.terminal.result({ changed, hold: value }, () => describe(value))
  return undefined
}

function describe({ seats, secondsLeft }: Hold): string {
  return `The hold has ${seats.join(', ')}, for another ${secondsLeft} seconds.`
}
