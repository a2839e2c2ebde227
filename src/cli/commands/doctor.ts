import type { Command } from 'commander'
import {
  messageOf,
  openDatabase,
  ReadOnlyServerError,
  readFitness,
  WrongPrimaryError,
} from '../../db/index.ts'
import { adviceOnDevelopment, hasDatabase } from '../data-directories.ts'
import { examineDatabase } from '../doctor/examine-database.ts'
import { examineMachine } from '../doctor/examine-machine.ts'
import { examineServer } from '../doctor/examine-server.ts'
import { type Finding, ok, problem } from '../doctor/finding.ts'
import type { Ending } from '../exit-codes.ts'
import { CommandError } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { PATIENCE_MS, type Targets, withTargets } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { shortPath } from '../short-path.ts'
import type { Look, Terminal } from '../terminal.ts'

const EXAMPLES = `
Checks the database the way servers reach it (roles, durability, timeouts that
are really in effect, even through PgBouncer, migrations, standbys, clocks,
connections), the configuration, and with --server a running server the way
callers reach it: whether the proxy passes on their addresses, and keeps
health and metrics private. Changes nothing.

Examples:
  rowlock doctor
  rowlock doctor --server https://tickets.example
  rowlock doctor --json | jq '.findings[] | select(.level == "problem")'

Exit code 0: nothing to fix, or only warnings. 4: something to fix.`

/** `rowlock doctor`. */
export function addDoctor(program: Command, shell: Shell): void {
  program
    .command('doctor')
    .summary('find what is wrong with an installation')
    .description('Check database, configuration and proxy, and say how to fix what is wrong.')
    .option('--server <url>', 'a running server, by the address that callers use')
    .addHelpText('after', helpText(EXAMPLES))
    .action((options: { server?: string }, command: Command) =>
      shell.run(command, (context) => examine(context, options.server)),
    )
}

async function examine(context: Context, server: string | undefined): Promise<Ending> {
  const { terminal, configuration } = context
  await requireDatabase(configuration)
  const findings = await withTargets(configuration, terminal, async (targets) => [
    ...(await examineTargets(context, targets)),
    ...(await examineMachine(configuration, targets.embedded?.dataDir ?? null)),
    ...(server === undefined ? [] : await examineServer(server, configuration.operatorKey)),
  ])
  const isFit = findings.every(({ level }) => level !== 'problem')
  terminal.result({ ok: isFit, findings }, () => describe(terminal, findings))
  return isFit ? 'ok' : 'unfit'
}

/** Looking changes nothing: it doesn't make the database that it looks at, either. */
async function requireDatabase({ databaseUrl, dataDir }: Context['configuration']): Promise<void> {
  if (databaseUrl !== null || (await hasDatabase(dataDir))) return
  const usual = '"rowlock serve" makes one. To examine another, set DATABASE_URL.'
  const advice = (await adviceOnDevelopment(dataDir)) ?? usual
  throw new CommandError('unfit', `There is no database in ${shortPath(dataDir)}. ${advice}`)
}

/** A database that nobody should serve from is opened all the same: that is what is looked at. */
async function examineTargets(
  { configuration, terminal }: Context,
  { server }: Targets,
): Promise<Finding[]> {
  try {
    const database = await openDatabase({
      target: server,
      pgbouncer: configuration.pgbouncer,
      poolSize: 3,
      allowUnsafeDurability: true,
      allowMovableClock: true,
      patienceMs: PATIENCE_MS,
      log: (message) => terminal.note(message),
    })
    try {
      const { host, timeline } = database.status()
      const where = timeline === null ? host : `${host}, on timeline ${timeline}`
      const fitness = await readFitness(database)
      return [ok('primary', where), ...examineDatabase(fitness, configuration)]
    } finally {
      await database.close()
    }
  } catch (error) {
    const isOther = error instanceof ReadOnlyServerError || error instanceof WrongPrimaryError
    if (!isOther) throw error
    const remedy =
      'Name the primary, or all hosts, in DATABASE_URL. See docs/operating/failover.md.'
    return [problem('primary', messageOf(error), remedy)]
  }
}

const LOOKS: Readonly<Record<Finding['level'], [mark: string, look: Look]>> = {
  ok: ['✓', 'green'],
  warning: ['!', 'yellow'],
  problem: ['✗', 'red'],
  unknown: ['?', 'dim'],
}

function describe(terminal: Terminal, findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length))
  const lines = findings.flatMap(({ check, level, finding, remedy }) => {
    const [mark, look] = LOOKS[level]
    const line = `${terminal.style(look, mark)} ${check.padEnd(width)}  ${finding}`
    return remedy === null ? [line] : [line, `${' '.repeat(width + 4)}→ ${remedy}`]
  })
  const count = (level: Finding['level']) => findings.filter((one) => one.level === level).length
  const sum = `${count('problem')} to put right, ${count('warning')} to look at`
  return [...lines, '', `${sum}.`].join('\n')
}
