import { styleText } from 'node:util'
import { Command } from 'commander'
import { VERSION } from '../runtime/index.ts'
import { EXIT_CODES } from './exit-codes.ts'
import { fill } from './help-text.ts'
import type { Shell } from './shell.ts'
import type { Look, World } from './terminal.ts'

const ABOUT = `
Commands use DATABASE_URL. Without it, they use the embedded PostgreSQL in
ROWLOCK_DATA_DIR (.rowlock), and start it if no server is running it.

First steps:
  rowlock serve                               start a server with demo data
  rowlock show list                           what is on sale
  rowlock venue create "Old Vic" --time-zone Europe/London
  rowlock plan import theatre.json            your own seating plan
  rowlock show create hamlet --starts-at 2026-12-01T19:00Z --plan plan_…
  rowlock check                               verify the database

Exit codes:
${exitCodeLines()}`

type AddCommand = (program: Command, shell: Shell, world: World) => void

/** The one command that speaks of all others. */
const NEEDS_ALL = 'completion'

/** In the order of the help. A command loads what it needs, and nothing of the others. */
const COMMANDS = new Map<string, () => Promise<AddCommand>>([
  ['serve', async () => (await import('./commands/serve.ts')).addServe],
  ['dev', async () => (await import('./commands/dev.ts')).addDev],
  ['migrate', async () => (await import('./commands/migrate.ts')).addMigrate],
  ['demo', async () => (await import('./commands/demo.ts')).addDemo],
  ['venue', async () => (await import('./commands/venue.ts')).addVenue],
  ['plan', async () => (await import('./commands/plan.ts')).addPlan],
  ['show', async () => (await import('./commands/show.ts')).addShow],
  ['hold', async () => (await import('./commands/hold.ts')).addHold],
  ['booking', async () => (await import('./commands/booking.ts')).addBooking],
  ['block', async () => (await import('./commands/block.ts')).addBlock],
  ['user', async () => (await import('./commands/user.ts')).addUser],
  ['key', async () => (await import('./commands/key.ts')).addKey],
  ['webhooks', async () => (await import('./commands/webhooks.ts')).addWebhooks],
  ['check', async () => (await import('./commands/check.ts')).addCheck],
  ['doctor', async () => (await import('./commands/doctor.ts')).addDoctor],
  ['journal', async () => (await import('./commands/journal.ts')).addJournal],
  ['report', async () => (await import('./commands/report.ts')).addReport],
  ['audit', async () => (await import('./commands/audit.ts')).addAudit],
  ['export', async () => (await import('./commands/export.ts')).addExport],
  ['prune', async () => (await import('./commands/prune.ts')).addPrune],
  ['reset', async () => (await import('./commands/reset.ts')).addReset],
  ['stress', async () => (await import('./commands/stress.ts')).addStress],
  ['verify', async () => (await import('./commands/verify.ts')).addVerify],
  ['mcp', async () => (await import('./commands/mcp.ts')).addMcp],
  ['capacity', async () => (await import('./commands/capacity.ts')).addCapacity],
  [NEEDS_ALL, async () => (await import('./commands/completion.ts')).addCompletion],
  ['citus', async () => (await import('./commands/citus.ts')).addCitus],
])

/**
 * The command line as a whole; its actions run in the shell. Where the arguments begin with a
 * command, the others are left out.
 */
export async function createProgram(world: World, shell: Shell): Promise<Command> {
  const program = new Command('rowlock')
  program
    .description('A seat-booking engine that never sells a seat twice.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option('--json', 'print results, and errors, as JSON')
    .option('--quiet', 'print only results and errors')
    .addHelpText('after', ABOUT)
  const first = world.argv.find((word) => !word.startsWith('-')) ?? ''
  const named = first === NEEDS_ALL ? undefined : COMMANDS.get(first)
  for (const load of named ? [named] : COMMANDS.values()) (await load())(program, shell, world)
  for (const command of withSubcommands(program)) configure(command, world)
  return program
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)]
}

/** Our own streams and colours; errors are thrown, because only `main` ends the process. */
function configure(command: Command, { stdout, stderr }: World): void {
  const look = (format: Look) => (text: string) => {
    // Commander takes colours out again where they are not wanted.
    return styleText(format, text, { validateStream: false })
  }
  command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: () => {},
    })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: look('bold'),
      styleCommandText: look('cyan'),
      styleSubcommandText: look('cyan'),
      styleOptionText: look('green'),
      styleArgumentText: look('yellow'),
    })
}

function exitCodeLines(): string {
  return Object.values(EXIT_CODES)
    .map(({ code, meaning }) => {
      const [first, ...others] = fill(meaning, 71).split('\n')
      const line = `${String(code).padStart(5)}  ${first}`
      return [line, ...others.map((other) => `       ${other}`)].join('\n')
    })
    .join('\n')
}
