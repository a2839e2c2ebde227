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
const KEEP_AUDIT_DAYS_MIN = 90
const KEEP_AUDIT_DAYS_DEFAULT = 365

const EXAMPLES = `
Deletes claims of expired holds, and records of retries, sessions and sign-in links that ended more
than --keep-days ago, and entries of the audit log older than --keep-audit-days. Seats, bookings and
the journal stay, and nothing else visible changes. You never have to run it. With shows named, only
those are pruned.

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
    .option(
      '--keep-audit-days <days>',
      'how long the audit log goes back (at least 90)',
      wholeOption(KEEP_AUDIT_DAYS_MIN, 36_500),
      KEEP_AUDIT_DAYS_DEFAULT,
    )
    .addHelpText('after', helpText(EXAMPLES))
    .action((shows: string[], keep: Keep, command: Command) =>
      shell.run(command, (context) => prune(context, shows, keep)),
    )
}

interface Keep {
  readonly keepDays: number
  readonly keepAuditDays: number
}

async function prune(context: Context, named: readonly string[], keep: Keep) {
  const { terminal, configuration } = context
  const keepSeconds = keep.keepDays * DAY_SECONDS
  const pruned = await withStack(
    configuration,
    terminal,
    async ({ engine, database }) => {
      const keys = await chooseShows(engine, named)
      const sum = { shows: keys.length, claims: 0, refusals: 0, requests: 0, sessions: 0, audit: 0 }
      await forEachWithProgress(terminal, 'Pruning', keys, async (key) => {
        const { claims, refusals } = await engine.pruneShow(key, keepSeconds)
        sum.claims += claims
        sum.refusals += refusals
      })
      if (named.length > 0) return sum
      sum.requests = await engine.pruneRequests(keepSeconds)
      const people = await pruneAccess(database, keepSeconds, keep.keepAuditDays * DAY_SECONDS)
      return { ...sum, ...people }
    },
    'owner',
  )
  terminal.result(pruned, () => {
    const { shows, claims, refusals, requests, sessions, audit } = pruned
    const remembered = refusals + requests
    const deleted = `${claims} expired claims and ${remembered} remembered answers`
    const people = sessions > 0 ? `, and ${sessions} traces of sessions that ended` : ''
    const acts = audit > 0 ? `, and ${audit} entries of the audit log` : ''
    return `Deleted ${deleted} of ${shows} shows${people}${acts}.`
  })
  return undefined
}

async function pruneAccess(database: Database, keepSeconds: number, keepAuditSeconds: number) {
  // Nobody asks for anything here, so nobody has to know the key.
  const access = await openAccess({ database, operatorKey: randomUUID() })
  try {
    const sessions = await access.prune(keepSeconds)
    return { sessions, audit: await access.pruneAudit(keepAuditSeconds) }
  } finally {
    await access.close()
  }
}
