import type { Command } from 'commander'
import { type JournalEntry, LIMITS } from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import { wholeOption } from '../options.ts'
import { withEngine } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { renderTable } from '../table.ts'

interface JournalOptions {
  readonly after: number
  readonly limit: number
}

const EXAMPLES = `
Prints every change to a show, oldest first: when, what, which hold, booking or block, which
seats, and who. Versions count from 1 without gaps.

Examples:
  rowlock journal avengers-2026-7pm
  rowlock journal avengers-2026-7pm --after 100 --limit 20
  rowlock journal avengers-2026-7pm --json | jq '.items[].kind'`

/** `rowlock journal`. */
export function addJournal(program: Command, shell: Shell): void {
  program
    .command('journal')
    .summary("print a show's history")
    .description('Print the history of a show.')
    .argument('<show>', 'show key')
    .option('--after <version>', 'start after this version', wholeOption(0), 0)
    .option('--limit <count>', 'maximum number of entries', wholeOption(1), LIMITS.pageLimitDefault)
    .addHelpText('after', helpText(EXAMPLES))
    .action((show: string, options: JournalOptions, command: Command) =>
      shell.run(command, (context) => journal(context, show, options)),
    )
}

async function journal(context: Context, show: string, options: JournalOptions) {
  const { terminal } = context
  const items: JournalEntry[] = []
  const next = await withEngine(context, async (engine) => {
    let after = options.after
    for (;;) {
      const limit = Math.min(options.limit - items.length, LIMITS.pageLimitMax)
      const page = await engine.listJournal(show, { after, limit })
      items.push(...page.items)
      after = page.items.at(-1)?.version ?? after
      if (page.next === null) return null
      if (items.length >= options.limit) return after
    }
  })
  terminal.result({ show, items, next }, () => describe(context, items, next))
  return undefined
}

function describe({ terminal }: Context, items: readonly JournalEntry[], next: number | null) {
  if (items.length === 0) return 'No entries.'
  const table = renderTable(
    terminal,
    [
      { title: 'VERSION', align: 'right', text: ({ version }) => String(version) },
      { title: 'AT', text: ({ at }) => at.slice(0, 19).replace('T', ' ') },
      { title: 'WHAT', text: ({ kind }) => kind, look: () => 'bold' },
      { title: 'SEATS', text: seatsOf, gives: true },
      { title: 'WHO', text: ({ holder, actor }) => holder ?? actor },
      { title: 'ID', text: ({ id }) => shorten(id), look: () => 'dim' },
    ],
    items,
  )
  return next === null ? table : `${table}\n\nMore: --after ${next}`
}

function seatsOf({ seats, freed }: JournalEntry): string {
  const parts = [...seats, ...freed.map((seat) => `-${seat}`)]
  return parts.length === 0 ? '' : parts.join(' ')
}

/** Enough to tell them apart; `--json` has all of it, because who has the id has the hold. */
function shorten(id: string | null): string {
  return id === null ? '' : `${id.slice(0, id.indexOf('_') + 9)}…`
}
