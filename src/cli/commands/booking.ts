import type { Command } from 'commander'
import type { Engine } from '../../engine/index.ts'
import {
  Booking,
  FindBookingsQuery,
  ListBookingsQuery,
  TransferBookingBody,
} from '../../protocol/index.ts'
import { CommandError } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { addList, withSalesFilters } from '../listing.ts'
import { localTime } from '../local-time.ts'
import { labelList } from '../options.ts'
import { CLI_CALLER, CLI_WRITE, withEngine } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import type { Column } from '../table.ts'
import { parseOptions } from '../with-access.ts'
import { addAmending } from './amend-booking.ts'

interface TransferOptions {
  readonly holder: string
  readonly seats?: string[]
  readonly reference?: string
}

const LIST_EXAMPLES = `
Newest first, including cancelled ones. Without a show, it finds bookings in all shows by reference
or holder.

Examples:
  rowlock booking list hamlet
  rowlock booking list hamlet --seat A12 --no-cancelled
  rowlock booking list --reference order-2041 --json`

const EXAMPLES = `
The booking keeps its id. With --seats, those seats become a new booking, and the rest stays.
A user's id makes that user the owner as well.

Examples:
  rowlock booking transfer hamlet book_… --holder customer-18
  rowlock booking transfer hamlet book_… --holder user_… --seats A2`

/** `rowlock booking list`, `get`, `change`, `swap`, `transfer` and `cancel`. */
export function addBooking(program: Command, shell: Shell): void {
  const parent = program
    .command('booking')
    .summary('find, change, swap, hand on and cancel bookings')
    .description('Look at bookings, and change them.')
  withSalesFilters(
    addList(parent, shell, {
      name: 'bookings',
      summary: 'list the bookings of a show, or search all shows',
      takes: { '[show]': 'show key' },
      examples: LIST_EXAMPLES,
      open: withEngine,
      read: readBookings,
      item: Booking,
      columns: COLUMNS,
      none: 'No bookings.',
    }),
  )
    .option('--cancelled', 'only cancelled ones')
    .option('--no-cancelled', 'no cancelled ones')
  addAmending(parent, shell)
  parent
    .command('transfer')
    .summary('hand a booking on to another holder')
    .description('Hand a booking on to another holder, or some of its seats.')
    .argument('<show>', 'show key')
    .argument('<booking>', 'id of the booking')
    .requiredOption('--holder <name>', 'its new holder')
    .option('--seats <labels>', 'comma-separated seats, if not all of them', labelList)
    .option('--reference <text>', 'its new reference (default: the one it has)')
    .addHelpText('after', helpText(EXAMPLES))
    .action((show: string, booking: string, options: TransferOptions, command: Command) =>
      shell.run(command, (context) => transferBooking(context, show, booking, options)),
    )
}

function readBookings(
  engine: Engine,
  [show]: readonly (string | undefined)[],
  { cancelled, ...query }: Readonly<Record<string, unknown>>,
) {
  if (show === undefined && (cancelled !== undefined || query.seat !== undefined)) {
    throw new CommandError('usage', 'Name a show to filter by seat or by cancellation.')
  }
  if (show === undefined) {
    return engine.findBookings(CLI_CALLER, parseOptions(FindBookingsQuery, query))
  }
  const narrowed = { ...query, ...(cancelled !== undefined && { cancelled: `${cancelled}` }) }
  return engine.listBookings(CLI_CALLER, show, parseOptions(ListBookingsQuery, narrowed))
}

const COLUMNS: readonly Column<Booking>[] = [
  { title: 'BOOKING', text: ({ id }) => id, look: () => 'bold' },
  { title: 'SHOW', text: ({ show }) => show },
  { title: 'SEATS', text: ({ seats }) => seats.join(', '), gives: true },
  { title: 'HOLDER', text: ({ holder }) => holder ?? '-', gives: true },
  { title: 'REFERENCE', text: ({ reference }) => reference ?? '-', gives: true },
  { title: 'BOOKED', text: ({ bookedAt }) => localTime(bookedAt, null) },
  { title: '', text: ({ cancelledAt }) => (cancelledAt === null ? '' : 'cancelled') },
]

async function transferBooking(
  context: Context,
  show: string,
  booking: string,
  options: TransferOptions,
) {
  const body = parseOptions(TransferBookingBody, { ...options })
  const { value, changed } = await withEngine(context, (engine) => {
    return engine.transferBooking(CLI_WRITE, show, booking, body)
  })
  context.terminal.result({ changed, booking: value }, () => describe(value))
  return undefined
}

function describe({ id, seats, holder }: Booking): string {
  return `${id} is for ${holder} now: ${seats.join(', ')}.`
}
