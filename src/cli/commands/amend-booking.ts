import type { Command } from 'commander'
import { CancelBookingBody, ChangeBookingBody, SwapSeatsBody } from '../../protocol/index.ts'
import { nullFor } from '../listing.ts'
import { labelList } from '../options.ts'
import { CLI_CALLER, CLI_WRITE, withEngine } from '../rowlock-stack.ts'
import type { Shell } from '../shell.ts'
import { addOne, noteOption } from '../tell-one.ts'
import { parseOptions } from '../with-access.ts'

const EXAMPLES = `
Notes are replaced as a whole; what you leave out stays as it is. --reference "" takes the
reference away.

Examples:
  rowlock booking get hamlet book_…
  rowlock booking change hamlet book_… --reference order-2044 --note invoice=118
  rowlock booking swap hamlet book_… --from A1,A2 --to C5,C6
  rowlock booking cancel hamlet book_… --seats A2 --reason "customer is ill"`

/** `rowlock booking get`, `change`, `swap` and `cancel`. */
export function addAmending(parent: Command, shell: Shell): void {
  const about = {
    noun: 'booking',
    takes: { show: 'show key', booking: 'id of the booking' },
    examples: EXAMPLES,
  }
  addOne(parent, shell, {
    ...about,
    verb: 'get',
    summary: 'print a booking',
    act: (context, [show = '', id = '']) =>
      withEngine(context, (engine) => engine.getBooking(CLI_CALLER, show, id)),
  })
  addOne(parent, shell, {
    ...about,
    verb: 'change',
    summary: 'change the reference or the notes of a booking',
    act: async (context, [show = '', id = ''], { reference, note }) => {
      const body = parseOptions(ChangeBookingBody, nullFor('', { reference, metadata: note }))
      return withEngine(context, async (engine) => {
        return (await engine.changeBooking(CLI_WRITE, show, id, body)).value
      })
    },
  })
    .option('--reference <text>', 'its new reference')
    .option('--note <key=value>', 'replace its notes; repeatable', noteOption)
  addOne(parent, shell, {
    ...about,
    verb: 'swap',
    summary: 'swap seats of a booking for others',
    act: async (context, [show = '', id = ''], options) => {
      const body = parseOptions(SwapSeatsBody, options)
      return withEngine(context, async (engine) => {
        return (await engine.swapSeats(CLI_WRITE, show, id, body)).value
      })
    },
  })
    .requiredOption('--from <labels>', 'comma-separated seats to give back', labelList)
    .requiredOption('--to <labels>', 'as many other seats instead', labelList)
    .option('--reason <text>', 'why, for the history')
  addOne(parent, shell, {
    ...about,
    verb: 'cancel',
    summary: 'cancel a booking, or some of its seats',
    act: async (context, [show = '', id = ''], options) => {
      const body = parseOptions(CancelBookingBody, options)
      return withEngine(context, async (engine) => {
        return (await engine.cancelBooking(CLI_WRITE, show, id, body)).value
      })
    },
  })
    .option('--seats <labels>', 'comma-separated seats, if not all of them', labelList)
    .option('--reason <text>', 'why, for the history')
}
