import { type Command, Option } from 'commander'
import { AddSeatsBody, ChangeShowBody } from '../../protocol/index.ts'
import { nullFor } from '../listing.ts'
import { labelList, wholeOption } from '../options.ts'
import { CLI_WRITE, withEngine } from '../rowlock-stack.ts'
import type { Shell } from '../shell.ts'
import { addOne } from '../tell-one.ts'
import { parseOptions } from '../with-access.ts'

/** Takes a bound away. */
const NONE = 'none'

const EXAMPLES = `
Only what you name changes. "none" removes a limit. Bookings of a cancelled show can be given
back.

Examples:
  rowlock show get hamlet
  rowlock show change hamlet --starts-at 2026-12-01T20:00Z
  rowlock show change hamlet --max-seats-per-holder none --confirm-by seller
  rowlock show change hamlet --cancel
  rowlock show add-seats hamlet K1,K2`

/** `rowlock show get`, `change` and `add-seats`. */
export function addChangeShow(show: Command, shell: Shell): void {
  const about = { noun: 'show', takes: { show: 'show key' }, examples: EXAMPLES }
  addOne(show, shell, {
    ...about,
    verb: 'get',
    summary: 'print a show and its terms',
    act: (context, [key = '']) => withEngine(context, (engine) => engine.getShow(key)),
  })
  const change = addOne(show, shell, {
    ...about,
    verb: 'change',
    summary: 'change a show or its terms, or cancel it',
    act: async (context, [key = ''], { cancel, reinstate, ...options }) => {
      const turned =
        cancel === true ? { cancelled: true } : reinstate === true && { cancelled: false }
      const body = parseOptions(ChangeShowBody, { ...nullFor(NONE, options), ...turned })
      return withEngine(context, async (engine) => {
        return (await engine.changeShow(CLI_WRITE, key, body)).value
      })
    },
  })
  withTerms(change)
  addOne(show, shell, {
    ...about,
    takes: { show: 'show key', labels: 'comma-separated seats' },
    verb: 'add-seats',
    summary: 'add seats to a show that has its own plan',
    act: async (context, [key = '', labels = '']) => {
      const body = parseOptions(AddSeatsBody, { seats: labelList(labels) })
      return withEngine(context, async (engine) => {
        return (await engine.addSeats(CLI_WRITE, key, body)).value
      })
    },
  })
}

function withTerms(command: Command): Command {
  return command
    .option('--title <title>', 'title for shoppers')
    .option('--starts-at <instant>', 'start time, with an offset or Z')
    .option('--sales-from <instant>', 'when sales open; none: at once')
    .option('--sales-until <instant>', 'when sales close; none: never')
    .option('--hold-seconds <seconds>', 'how long a hold lasts', wholeOption(1))
    .option('--max-seats-per-hold <count>', 'most seats in one hold or booking', wholeOption(1))
    .option('--max-seats-per-holder <count>', 'most seats of one holder; none: any', countOrNone)
    .option('--cancellable', 'allow cancellations')
    .option('--no-cancellable', 'do not allow cancellations')
    .addOption(new Option('--confirm-by <who>', 'who may confirm').choices(['holder', 'seller']))
    .option('--cancel', 'stop selling, and let bookings be given back')
    .option('--reinstate', 'undo the cancellation')
}

function countOrNone(text: string): number | string {
  return text === NONE ? NONE : wholeOption(1)(text)
}
