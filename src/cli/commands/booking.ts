import type { Command } from 'commander'
import { type Booking, TransferBookingBody } from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import { labelList } from '../options.ts'
import { CLI_CALLER, withStack } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { parseOptions } from '../with-access.ts'

interface TransferOptions {
  readonly holder: string
  readonly seats?: string[]
  readonly reference?: string
}

const EXAMPLES = `
The booking keeps its id. With --seats, those become a booking of their own, and the rest stays.
A user's id makes that user the owner as well.

Examples:
  rowlock booking transfer hamlet book_… --holder customer-18
  rowlock booking transfer hamlet book_… --holder user_… --seats A2`

/** `rowlock booking transfer`. */
export function addBooking(program: Command, shell: Shell): void {
  program
    .command('booking')
    .summary('hand a booking on')
    .description('Change bookings.')
    .command('transfer')
    .summary('hand a booking on to another holder')
    .description('Hand a booking on to another holder, or some of its seats.')
    .argument('<show>', 'show key')
    .argument('<booking>', 'id of the booking')
    .requiredOption('--holder <name>', 'who it is for from now on')
    .option('--seats <labels>', 'comma-separated seats, if not all of them', labelList)
    .option('--reference <text>', 'its new reference (default: the one it has)')
    .addHelpText('after', helpText(EXAMPLES))
    .action((show: string, booking: string, options: TransferOptions, command: Command) =>
      shell.run(command, (context) => transferBooking(context, show, booking, options)),
    )
}

async function transferBooking(
  context: Context,
  show: string,
  booking: string,
  options: TransferOptions,
) {
  const { terminal, configuration } = context
  const body = parseOptions(TransferBookingBody, { ...options })
  const { value, changed } = await withStack(configuration, terminal, ({ engine }) => {
    const request = { caller: CLI_CALLER, idempotencyKey: null }
    return engine.transferBooking(request, show, booking, body)
  })
  terminal.result({ changed, booking: value }, () => describe(value))
  return undefined
}

function describe({ id, seats, holder }: Booking): string {
  return `${id} is for ${holder} now: ${seats.join(', ')}.`
}
