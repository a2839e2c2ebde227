import type { Command } from 'commander'
import { Block, ListBlocksQuery } from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import {
  given,
  type ListOptions,
  type SalesFilters,
  tellList,
  withListOptions,
} from '../listing.ts'
import { CLI_CALLER, withStack } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { parseOptions, takeAll } from '../with-access.ts'
import { addBlocking } from './change-block.ts'

const EXAMPLES = `
Examples:
  rowlock block list hamlet
  rowlock block list hamlet --seat A12`

/** `rowlock block list`, `create`, `get`, `change` and `release`. */
export function addBlock(program: Command, shell: Shell): void {
  const block = program
    .command('block')
    .summary('list, create, change and release blocks')
    .description('Look at blocks: seats that are withheld from sale.')
    .addHelpText('after', helpText(EXAMPLES))
  addBlocking(block, shell)
  withListOptions(
    block
      .command('list')
      .summary('list the blocks of a show')
      .description('List the blocks of a show that withhold seats now.')
      .argument('<show>', 'show key')
      .option('--seat <label>', 'only the one that has this seat')
      .option('--reference <text>', 'only those with this reference')
      .option('--holder <name>', 'only those for this holder'),
  )
    .addHelpText('after', helpText(EXAMPLES))
    .action((show: string, options: ListOptions & SalesFilters, command: Command) =>
      shell.run(command, (context) => listBlocks(context, show, options)),
    )
}

async function listBlocks(context: Context, show: string, options: ListOptions & SalesFilters) {
  const { terminal, configuration } = context
  const { seat, reference, holder } = options
  const blocks = await withStack(configuration, terminal, ({ engine }) =>
    takeAll(options.limit, (page) => {
      const query = parseOptions(ListBlocksQuery, given({ ...page, seat, reference, holder }))
      return engine.listBlocks(CLI_CALLER, show, query)
    }),
  )
  return tellList<Block>(
    context,
    {
      name: 'blocks',
      item: Block,
      none: 'No seats are blocked.',
      columns: [
        { title: 'BLOCK', text: ({ id }) => id, look: () => 'bold' },
        { title: 'SEATS', text: ({ seats }) => seats.join(', '), gives: true },
        { title: 'REASON', text: ({ reason }) => reason, gives: true },
        { title: 'HOLDER', text: ({ holder }) => holder ?? '-', gives: true },
      ],
    },
    blocks,
    options,
  )
}
