import type { Command } from 'commander'
import { type Capacity, estimateCapacity, type OnSale } from '../capacity/estimate.ts'
import { helpText } from '../help-text.ts'
import { wholeOption } from '../options.ts'
import type { Context, Shell } from '../shell.ts'
import { renderTable } from '../table.ts'

const EXAMPLES = `
Estimates from measured costs: docs/operating/capacity.md says which, and on what machine. It needs
no database. Measure your own machines with "rowlock stress" before you sell.

Examples:
  rowlock capacity --shoppers 20000 --seats 2000
  rowlock capacity --shoppers 1000000 --seats 80000 --listeners 100000 --json`

const MANY = 100_000_000

/** `rowlock capacity`. */
export function addCapacity(program: Command, shell: Shell): void {
  program
    .command('capacity')
    .summary('estimate what an on-sale takes')
    .description('Estimate the servers, the database and the log that an on-sale takes.')
    .requiredOption('--shoppers <count>', 'people who come', wholeOption(1, MANY))
    .requiredOption('--seats <count>', 'seats on sale, of all shows', wholeOption(1, MANY))
    .option('--seats-per-order <count>', 'seats each of them buys', wholeOption(1, 100), 2)
    .option('--minutes <count>', 'time in which they come and buy', wholeOption(1, 10_000), 10)
    .option('--looks <count>', 'how often each looks at the show', wholeOption(0, 1_000), 3)
    .option('--tries <count>', 'how often each tries to hold seats', wholeOption(1, 1_000), 2)
    .option('--listeners <count>', 'streams open at once (default: a tenth of the shoppers)', whole)
    .option('--shows <count>', 'shows that they are spread over', wholeOption(1, 1_000_000), 1)
    .addHelpText('after', helpText(EXAMPLES))
    .action((options: Options, command: Command) =>
      shell.run(command, async (context) => tell(context, options)),
    )
}

type Options = Omit<OnSale, 'listeners'> & { readonly listeners?: number }

const whole = wholeOption(0, MANY)

function tell({ terminal }: Context, options: Options): undefined {
  const listeners = options.listeners ?? Math.round(options.shoppers / 10)
  const capacity = estimateCapacity({ ...options, listeners })
  if (capacity.hotShowShare > 1) {
    terminal.warn('One show cannot sell that fast: give it more minutes, or a waiting room.')
  }
  terminal.result(capacity, () =>
    renderTable(
      terminal,
      [
        { title: 'what', text: ([what]) => what },
        { title: 'takes', align: 'right', text: ([, takes]) => takes },
      ],
      rowsOf(capacity),
    ),
  )
}

type Row = readonly [what: string, takes: string]

/** Rows of the table that people read. */
function rowsOf(capacity: Capacity): Row[] {
  return [
    ['orders', `${amount(capacity.ordersPerSecond)}/s`],
    ['refusals', `${amount(capacity.refusalsPerSecond)}/s`],
    ['looks', `${amount(capacity.looksPerSecond)}/s`],
    ['events to listeners', `${amount(capacity.eventsPerSecond)}/s`],
    ['servers, of one core each', amount(capacity.servers)],
    ['memory of each server', `${amount(capacity.memoryPerServerMegabytes)} MB`],
    ['cores of the database', amount(capacity.databaseCores)],
    ['connections to it', amount(capacity.databaseConnections)],
    ['log', `${amount(capacity.logMegabytesPerSecond)} MB/s`],
    ['log, altogether', `${amount(capacity.logMegabytes)} MB`],
    ['tables and indexes', `${amount(capacity.keptMegabytes)} MB`],
    ['of what one show can sell', `${amount(capacity.hotShowShare * 100)} %`],
  ]
}

/** Two figures that matter, as no estimate has more. */
function amount(value: number): string {
  if (value > 0 && value < SMALLEST) return `< ${SMALLEST}`
  return value.toLocaleString('en', value >= 10 ? FEW : TWO)
}

const SMALLEST = 0.1
const FEW: Intl.NumberFormatOptions = { maximumFractionDigits: 0 }
const TWO: Intl.NumberFormatOptions = { maximumSignificantDigits: 2 }
