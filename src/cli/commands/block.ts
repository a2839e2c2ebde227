import type { Command } from 'commander'
import { Block, ListBlocksQuery } from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import { addList, withSalesFilters } from '../listing.ts'
import { CLI_CALLER, withEngine } from '../rowlock-stack.ts'
import type { Shell } from '../shell.ts'
import { parseOptions } from '../with-access.ts'
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
  withSalesFilters(
    addList(block, shell, {
      name: 'blocks',
      summary: 'list the blocks of a show that withhold seats now',
      takes: { show: 'show key' },
      examples: EXAMPLES,
      open: withEngine,
      read: (engine, [show = ''], query) =>
        engine.listBlocks(CLI_CALLER, show, parseOptions(ListBlocksQuery, query)),
      item: Block,
      columns: [
        { title: 'BLOCK', text: ({ id }) => id, look: () => 'bold' },
        { title: 'SEATS', text: ({ seats }) => seats.join(', '), gives: true },
        { title: 'REASON', text: ({ reason }) => reason, gives: true },
        { title: 'HOLDER', text: ({ holder }) => holder ?? '-', gives: true },
      ],
      none: 'No seats are blocked.',
    }),
  )
}
