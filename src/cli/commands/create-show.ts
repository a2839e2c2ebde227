import { type Command, Option } from 'commander'
import { CreateShowBody, type Mistake, mistakesOf, type Show } from '../../protocol/index.ts'
import { CommandError } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { wholeOption } from '../options.ts'
import { CLI_CALLER, withStack } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'

interface CreateOptions {
  readonly title?: string
  readonly startsAt: string
  readonly plan?: string
  readonly rows?: string
  readonly seatsPerRow?: number
  readonly seats?: string
  readonly salesFrom?: string
  readonly salesUntil?: string
  readonly holdSeconds?: number
  readonly maxSeatsPerHold?: number
  readonly maxSeatsPerHolder?: number
  readonly cancellable: boolean
  readonly confirmBy?: 'holder' | 'seller'
}

const EXAMPLES = `
The seats come from a plan (see "rowlock plan import"), from a grid, or from a list. Creating the
same show again is fine; another one under the same key is refused.

Examples:
  rowlock show create hamlet --starts-at 2026-12-01T19:00Z --plan plan_…
  rowlock show create film --title "The Film" --starts-at 2026-12-01T20:15Z \\
    --rows A-J --seats-per-row 12 --max-seats-per-holder 6
  rowlock show create talk --starts-at 2026-12-01T19:00Z --seats "A1,A2,B1"`

/** `rowlock show create`. */
export function addCreateShow(show: Command, shell: Shell): void {
  show
    .command('create')
    .summary('put a show on sale')
    .description('Put a show on sale.')
    .argument('<key>', 'what names the show in addresses, such as hamlet-2026-12-01')
    .requiredOption('--starts-at <instant>', 'when it starts, with an offset or Z')
    .option('--title <title>', 'as announced (default: the key)')
    .option('--plan <id>', 'the seating plan')
    .option('--rows <rows>', 'instead of a plan: rows such as A-J or 1-20')
    .option('--seats-per-row <count>', 'how many seats each of them has', wholeOption(1, 1_000))
    .option('--seats <labels>', 'instead of a plan: labels, separated by commas')
    .option('--sales-from <instant>', 'when sales begin (default: at once)')
    .option('--sales-until <instant>', 'when sales end (default: never)')
    .option('--hold-seconds <seconds>', 'how long a hold lives', wholeOption(1))
    .option('--max-seats-per-hold <count>', 'seats in one hold or booking', wholeOption(1))
    .option('--max-seats-per-holder <count>', 'seats that one holder may have', wholeOption(1))
    .option('--no-cancellable', 'bookings are final')
    .addOption(
      new Option(
        '--confirm-by <who>',
        'who confirms and books: every holder, or partner systems and the box office only ' +
          '(default: seller)',
      ).choices(['holder', 'seller']),
    )
    .addHelpText('after', helpText(EXAMPLES))
    .action((key: string, options: CreateOptions, command: Command) =>
      shell.run(command, (context) => createShow(context, key, options)),
    )
}

async function createShow(context: Context, key: string, options: CreateOptions) {
  const { terminal, configuration } = context
  const body = readBody(key, options)
  const answer = await withStack(configuration, terminal, ({ engine }) => {
    return engine.createShow({ caller: CLI_CALLER, idempotencyKey: null }, body)
  })
  terminal.result({ created: answer.changed, show: answer.value }, () => {
    return describe(answer.value, answer.changed)
  })
  return undefined
}

function describe({ key, seatCount, startsAt }: Show, isNew: boolean): string {
  const what = isNew ? `${key} is on sale` : `${key} was created before`
  return `${what}: ${seatCount} seats, starts ${startsAt.slice(0, 16).replace('T', ' ')} UTC.`
}

function readBody(key: string, options: CreateOptions): CreateShowBody {
  const { startsAt, salesFrom, salesUntil, title = key, cancellable } = options
  const given = {
    key,
    title,
    startsAt,
    plan: options.plan,
    seats: seatsOf(options),
    salesFrom,
    salesUntil,
    holdSeconds: options.holdSeconds,
    maxSeatsPerHold: options.maxSeatsPerHold,
    maxSeatsPerHolder: options.maxSeatsPerHolder,
    cancellable,
    confirmBy: options.confirmBy,
  }
  const result = CreateShowBody.safeParse(given)
  if (result.success) return result.data
  const mistakes = mistakesOf(result.error.issues).map(({ path, message }): Mistake => {
    return { path: optionOf(path.replace(/[.[].*$/, '') || 'key'), message }
  })
  throw new CommandError('usage', 'The show cannot be created like this.', mistakes)
}

function seatsOf({ rows, seatsPerRow, seats, plan }: CreateOptions) {
  const isGrid = rows !== undefined || seatsPerRow !== undefined
  const ways = [plan !== undefined, isGrid, seats !== undefined].filter((way) => way)
  if (ways.length !== 1) {
    throw new CommandError('usage', 'Say either --plan, or --rows and --seats-per-row, or --seats.')
  }
  if (!isGrid) return seats?.split(',').map((label) => label.trim())
  if (rows !== undefined && seatsPerRow !== undefined) return { rows, seatsPerRow }
  throw new CommandError('usage', 'A grid needs both --rows and --seats-per-row.')
}

/** `maxSeatsPerHold` → `--max-seats-per-hold`. */
function optionOf(field: string): string {
  if (field === 'key') return 'key'
  return `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
