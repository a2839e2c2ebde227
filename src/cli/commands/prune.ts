import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { openAccess } from '../../auth/index.ts'
import type { Database } from '../../db/index.ts'
import { helpText } from '../help-text.ts'
import { wholeOption } from '../options.ts'
import { forEachWithProgress } from '../progress.ts'
import { withStack } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { chooseShows } from '../show-keys.ts'

const DAY_SECONDS = 86_400
const KEEP_DAYS_DEFAULT = 30

const EXAMPLES = `
Deletes claims of expired holds, and records of retries, sessions and sign-in links that ended more
than --keep-days ago. Seats, bookings and the journal stay, and nothing visible changes. You never
have to run it.

Examples:
  rowlock prune
  rowlock prune avengers-2026-7pm --keep-days 7`

/** `rowlock prune`. */
export function addPrune(program: Command, shell: Shell): void {
  program
    .command('prune')
    .summary('delete expired data to save space')
    .description('Delete expired data to save space.')
    .argument('[show...]', 'show keys (default: all)')
    .option(
      '--keep-days <days>',
      'how long retries are still recognised',
      wholeOption(1, 3_650),
      KEEP_DAYS_DEFAULT,
    )
    .addHelpText('after', helpText(EXAMPLES))
    .action((shows: string[], options: { keepDays: number }, command: Command) =>
      shell.run(command, (context) => prune(context, shows, options.keepDays)),
    )
}

async function prune(context: Context, named: readonly string[], keepDays: number) {
  const { terminal, configuration } = context
  const keepSeconds = keepDays * DAY_SECONDS
  const pruned = await withStack(
    configuration,
    terminal,
    async ({ engine, database }) => {
      const keys = await chooseShows(engine, named)
      const sum = { shows: keys.length, claims: 0, refusals: 0, requests: 0, sessions: 0 }
      await forEachWithProgress(terminal, 'Pruning', keys, async (key) => {
        const { claims, refusals } = await engine.pruneShow(key, keepSeconds)
        sum.claims += claims
        sum.refusals += refusals
      })
      if (named.length > 0) return sum
      sum.requests = await engine.pruneRequests(keepSeconds)
      sum.sessions = await pruneAccess(database, keepSeconds)
      return sum
    },
    'owner',
  )
  terminal.result(pruned, () => {
    const { shows, claims, refusals, requests, sessions } = pruned
    const remembered = refusals + requests
    const deleted = `${claims} expired claims and ${remembered} remembered answers`
    const people = sessions > 0 ? `, and ${sessions} traces of sessions that ended` : ''
    return `Deleted ${deleted} of ${shows} shows${people}.`
  })
  return undefined
}

async function pruneAccess(database: Database, keepSeconds: number): Promise<number> {
  // Nobody asks for anything here, so nobody has to know the key.
  const access = await openAccess({ database, operatorKey: randomUUID() })
  try {
    return await access.prune(keepSeconds)
  } finally {
    await access.close()
  }
}
