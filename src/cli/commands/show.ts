import type { Command } from 'commander'
import type { Engine } from '../../engine/index.ts'
import type { Counts, Show } from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import { localTime } from '../local-time.ts'
import { wholeOption } from '../options.ts'
import { forEachWithProgress } from '../progress.ts'
import { withEngine } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { allShows } from '../show-keys.ts'
import { renderTable } from '../table.ts'
import { addChangeShow } from './change-show.ts'
import { addCreateShow } from './create-show.ts'
import { addShowUpkeep } from './show-upkeep.ts'

interface ListOptions {
  readonly venue?: string
  readonly limit: number
}

interface Listed {
  readonly show: Show
  readonly counts: Counts
}

const LIST_EXAMPLES = `
Examples:
  rowlock show list
  rowlock show list --json | jq -r '.shows[].key'`

/** `rowlock show create`, `list`, `get`, `change`, `add-seats`, `repeat`, `archive`, `delete`. */
export function addShow(program: Command, shell: Shell): void {
  const show = program
    .command('show')
    .summary('create, list, change, repeat and archive shows')
    .description('Manage shows. A show is one performance with its own seats.')
  addCreateShow(show, shell)
  addShowUpkeep(show, shell)
  addChangeShow(show, shell)
  show
    .command('list')
    .summary('list shows and the seats they have left')
    .description('List shows by start time, with the number of seats left.')
    .option('--venue <id>', 'only shows of this venue')
    .option('--limit <count>', 'maximum number to list', wholeOption(1), 1_000)
    .addHelpText('after', helpText(LIST_EXAMPLES))
    .action((options: ListOptions, command: Command) =>
      shell.run(command, (context) => listShows(context, options)),
    )
}

async function listShows(context: Context, options: ListOptions): Promise<undefined> {
  const { terminal } = context
  const listed = await withEngine(context, async (engine) => {
    const rows: Listed[] = []
    const shows = await takeShows(engine, options)
    await forEachWithProgress(terminal, 'Counting', shows, async (show) => {
      const { counts } = (await engine.getAvailability(show.key)).read()
      rows.push({ show, counts })
    })
    return rows
  })
  const shows = listed.map(({ show, counts }) => ({ ...show, counts }))
  terminal.result({ shows }, () => describe(context, listed))
}

async function takeShows(engine: Engine, { venue, limit }: ListOptions): Promise<Show[]> {
  const shows: Show[] = []
  for await (const show of allShows(engine, venue)) {
    shows.push(show)
    if (shows.length === limit) break
  }
  return shows
}

function describe({ terminal }: Context, listed: readonly Listed[]): string {
  if (listed.length === 0) return 'No shows. Create one with "rowlock show create".'
  return renderTable(
    terminal,
    [
      { title: 'SHOW', text: ({ show }) => show.key, look: () => 'bold' },
      { title: 'TITLE', text: titleOf, gives: true },
      { title: 'STARTS', text: ({ show }) => localTime(show.startsAt, show.timeZone) },
      { title: 'SEATS', align: 'right', text: ({ counts }) => String(counts.total) },
      {
        title: 'LEFT',
        align: 'right',
        text: ({ counts }) => String(counts.available),
        look: ({ counts }) => (counts.available > 0 ? 'green' : 'red'),
      },
      { title: 'HELD', align: 'right', text: ({ counts }) => String(counts.held) },
      { title: 'BOOKED', align: 'right', text: ({ counts }) => String(counts.booked) },
    ],
    listed,
  )
}

function titleOf({ show }: Listed): string {
  return show.cancelledAt === null ? show.title : `${show.title} (cancelled)`
}
