import type { Command } from 'commander'
import { loginOf, type MigrationStatus, migrate, migrationStatus } from '../../db/index.ts'
import type { Ending } from '../exit-codes.ts'
import { helpText } from '../help-text.ts'
import { wholeOption } from '../options.ts'
import { PATIENCE_MS, withTargets } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { requireCoordinator } from './citus.ts'

const EXAMPLES = `
You can safely run it again, and on several machines at once: the first one migrates, the others
wait. Migrations only go forward. "rowlock serve" migrates when it starts. If
ROWLOCK_MIGRATION_URL names another user, the user of DATABASE_URL gets a server's rights.

Examples:
  rowlock migrate
  ROWLOCK_MIGRATION_URL=postgres://owner@db/tickets \\
    DATABASE_URL=postgres://login@db/tickets rowlock migrate
  rowlock migrate --check || echo "migrations are pending"`

/** `rowlock migrate`. */
export function addMigrate(program: Command, shell: Shell): void {
  program
    .command('migrate')
    .summary('migrate the database')
    .description('Migrate the database: tables, functions and views.')
    .option(
      '--citus',
      'keep shows in shards, on the nodes of this Citus coordinator (experimental)',
    )
    .option('--shards <count>', 'number of shards, with --citus', wholeOption(1, 1_000), 16)
    .option('--check', 'change nothing; exit code 1 if something is pending')
    .option(
      '--retire-shared-role',
      'remove the role of the previous version; stop its servers first',
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
  readonly citus?: boolean
  readonly shards: number
}

async function apply(
  { terminal, configuration }: Context,
  { retireSharedRole = false, citus = false, shards }: Options,
): Promise<undefined> {
  if (citus) requireCoordinator(configuration)
  const log = (message: string) => terminal.note(message)
  const result = await withTargets(configuration, terminal, ({ owner, server }) =>
    migrate(owner, {
      log,
      patienceMs: PATIENCE_MS,
      login: loginOf(server),
      retireSharedRole,
      ...(citus && { shardCount: shards }),
    }),
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
    ...unknown.map((name) => `${name} is applied, but unknown to this version, which is older.`),
    ...edited.map((name) => `${name} is applied, but was edited since.`),
    ...pending.map((name) => `${name} is pending.`),
    ...(routinesChanged ? ['Functions and views are pending.'] : []),
  ]
  return lines.join('\n')
}
