import { type Command, Option } from 'commander'
import { CreateShowBody, type Mistake, mistakesOf, type Show } from '../../protocol/index.ts'
import { CommandError } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { localTime } from '../local-time.ts'
import { wholeOption } from '../options.ts'
import { CLI_WRITE, withEngine } from '../rowlock-stack.ts'
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
Take the seats from a plan (see "rowlock plan import"), a grid or a list. You can safely run the
command again; a different show under the same key is refused.

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
    .argument('<key>', 'unique key for URLs, such as hamlet-2026-12-01')
    .requiredOption('--starts-at <instant>', 'start time, with an offset or Z')
    .option('--title <title>', 'title for shoppers (default: the key)')
    .option('--plan <id>', 'seating plan to sell from')
    .option('--rows <rows>', 'rows such as A-J or 1-20, instead of a plan')
    .option('--seats-per-row <count>', 'seats in each row', wholeOption(1, 1_000))
    .option('--seats <labels>', 'comma-separated labels, instead of a plan')
    .option('--sales-from <instant>', 'when sales open (default: now)')
    .option('--sales-until <instant>', 'when sales close (default: never)')
    .option('--hold-seconds <seconds>', 'how long a hold lasts', wholeOption(1))
    .option('--max-seats-per-hold <count>', 'most seats in one hold or booking', wholeOption(1))
    .option('--max-seats-per-holder <count>', 'most seats that one holder may have', wholeOption(1))
    .option('--no-cancellable', 'do not allow cancellations')
    .addOption(
      new Option(
        '--confirm-by <who>',
        'who may confirm and book: any holder, or only partners and the box office ' +
          '(default: seller)',
      ).choices(['holder', 'seller']),
    )
    .addHelpText('after', helpText(EXAMPLES))
    .action((key: string, options: CreateOptions, command: Command) =>
      shell.run(command, (context) => createShow(context, key, options)),
    )
}

async function createShow(context: Context, key: string, options: CreateOptions) {
  const { terminal } = context
  const body = readBody(key, options)
  const answer = await withEngine(context, (engine) => {
    return engine.createShow(CLI_WRITE, body)
  })
  terminal.result({ created: answer.changed, show: answer.value }, () => {
    return describe(answer.value, answer.changed)
  })
  return undefined
}

function describe({ key, seatCount, startsAt, timeZone }: Show, isNew: boolean): string {
  const what = isNew ? `${key} is on sale` : `${key} already exists`
  return `${what}: ${seatCount} seats, starts ${localTime(startsAt, timeZone)}.`
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
  throw new CommandError('usage', 'The show could not be created.', mistakes)
}

function seatsOf({ rows, seatsPerRow, seats, plan }: CreateOptions) {
  const isGrid = rows !== undefined || seatsPerRow !== undefined
  const ways = [plan !== undefined, isGrid, seats !== undefined].filter((way) => way)
  if (ways.length !== 1) {
    throw new CommandError('usage', 'Give --plan, or --rows and --seats-per-row, or --seats.')
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
