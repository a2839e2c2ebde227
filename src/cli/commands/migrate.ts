import type { Command } from 'commander'
import { loginOf, type MigrationStatus, migrate, migrationStatus } from '../../db/index.ts'
import type { Ending } from '../exit-codes.ts'
import { helpText } from '../help-text.ts'
import { PATIENCE_MS, withTargets } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'

const EXAMPLES = `
Safe to repeat, and to run on several machines at once: the first one migrates, the others wait
and find it done. It only goes forward. "rowlock serve" does the same when it starts. The user of
DATABASE_URL is let in as a server where ROWLOCK_MIGRATION_URL names another one.

Examples:
  rowlock migrate
  ROWLOCK_MIGRATION_URL=postgres://owner@db/tickets \\
    DATABASE_URL=postgres://login@db/tickets rowlock migrate
  rowlock migrate --check || echo "there is something to apply"`

/** `rowlock migrate`. */
export function addMigrate(program: Command, shell: Shell): void {
  program
    .command('migrate')
    .summary("bring the database's tables and functions up to date")
    .description('Bring tables, functions and views of the database up to date.')
    .option('--check', 'change nothing; exit code 1 when there is something to apply')
    .option(
      '--retire-shared-role',
      'no server of the version before runs any more: take its role away',
    )
    .addHelpText('after', helpText(EXAMPLES))
    .action((options: Options, command: Command) =>
      shell.run(command, (context) =>
        options.check ? checkOnly(context) : apply(context, options),
      ),
    )
}

interface Options {
  readonly check?: boolean
  readonly retireSharedRole?: boolean
}

async function apply(
  { terminal, configuration }: Context,
  { retireSharedRole = false }: Options,
): Promise<undefined> {
  const log = (message: string) => terminal.note(message)
  const result = await withTargets(configuration, terminal, ({ owner, server }) =>
    migrate(owner, { log, patienceMs: PATIENCE_MS, login: loginOf(server), retireSharedRole }),
  )
  terminal.result(result, () => {
    const { applied, routinesApplied } = result
    if (applied.length > 0) return `Applied ${applied.join(', ')}, functions and views.`
    return routinesApplied ? 'Applied functions and views.' : 'The database is up to date.'
  })
}

async function checkOnly({ terminal, configuration }: Context): Promise<Ending> {
  const status = await withTargets(configuration, terminal, ({ owner }) => {
    return migrationStatus(owner, { patienceMs: PATIENCE_MS })
  })
  terminal.result(status, () => describe(status))
  return status.upToDate ? 'ok' : 'refused'
}

function describe({ upToDate, pending, routinesChanged, edited, unknown }: MigrationStatus) {
  if (upToDate) return 'The database is up to date.'
  const lines = [
    ...unknown.map((name) => `${name} is applied, but unknown here: this Rowlock is older.`),
    ...edited.map((name) => `${name} is applied, but was edited since.`),
    ...pending.map((name) => `${name} is to be applied.`),
    ...(routinesChanged ? ['Functions and views are to be applied.'] : []),
  ]
  return lines.join('\n')
}
