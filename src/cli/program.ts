import { styleText } from 'node:util'
import { Command } from 'commander'
import { VERSION } from '../runtime/index.ts'
import { addBooking } from './commands/booking.ts'
import { addCapacity } from './commands/capacity.ts'
import { addCheck } from './commands/check.ts'
import { addDemo } from './commands/demo.ts'
import { addDev } from './commands/dev.ts'
import { addDoctor } from './commands/doctor.ts'
import { addExport } from './commands/export.ts'
import { addHold } from './commands/hold.ts'
import { addJournal } from './commands/journal.ts'
import { addKey } from './commands/key.ts'
import { addMigrate } from './commands/migrate.ts'
import { addPlan } from './commands/plan.ts'
import { addPrune } from './commands/prune.ts'
import { addReset } from './commands/reset.ts'
import { addServe } from './commands/serve.ts'
import { addShow } from './commands/show.ts'
import { addStress } from './commands/stress.ts'
import { addUser } from './commands/user.ts'
import { addVerify } from './commands/verify.ts'
import { addWebhooks } from './commands/webhooks.ts'
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
  rowlock plan import theatre.json            your own seating plan
  rowlock show create hamlet --starts-at 2026-12-01T19:00Z --plan plan_…
  rowlock check                               verify the database

Exit codes:
${exitCodeLines()}`

/** The command line as a whole; its actions run in the shell. */
export function createProgram(world: World, shell: Shell): Command {
  const program = new Command('rowlock')
  program
    .description('A seat-booking engine that never sells a seat twice.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option('--json', 'print results, and errors, as JSON')
    .option('--quiet', 'print only results and errors')
    .addHelpText('after', ABOUT)
  addServe(program, shell)
  addDev(program, shell)
  addMigrate(program, shell)
  addDemo(program, shell)
  addPlan(program, shell)
  addShow(program, shell)
  addHold(program, shell)
  addBooking(program, shell)
  addUser(program, shell)
  addKey(program, shell)
  addWebhooks(program, shell)
  addCheck(program, shell)
  addDoctor(program, shell)
  addJournal(program, shell)
  addExport(program, shell)
  addPrune(program, shell)
  addReset(program, shell)
  addStress(program, shell)
  addVerify(program, shell)
  addCapacity(program, shell)
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
