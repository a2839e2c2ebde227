import type { Command } from 'commander'
import { LOOPBACK } from '../configuration/read-configuration.ts'
import { developmentDir } from '../data-directories.ts'
import { CommandError } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { portOption } from '../options.ts'
import { serve } from '../serve/serve.ts'
import { type Context, onPort, type Shell } from '../shell.ts'

interface DevOptions {
  readonly forwardTo?: string
  readonly port?: number
}

const EXAMPLES = `
Everything you need to write a program against Rowlock, in one command: a
server for this machine only, with demo data, a test key, events forwarded to
your program, and a clock that can be moved, so that no test waits for a hold to expire:

  curl http://127.0.0.1:3000/v1/test/clock \\
    -H "Authorization: Bearer $TEST_KEY" \\
    -H 'Content-Type: application/json' -d '{"advanceSeconds": 900}'

It has its own database, in ROWLOCK_DATA_DIR with "-dev" appended
(.rowlock-dev). "rowlock serve" refuses it, because its clock can be moved.
Delete the directory to start over.

Examples:
  rowlock dev
  rowlock dev --forward-to http://localhost:4000/hook
  ROWLOCK_DATA_DIR=.rowlock-dev rowlock show list`

/** `rowlock dev`. */
export function addDev(program: Command, shell: Shell): void {
  program
    .command('dev')
    .summary('run a server to develop against')
    .description('Run a server with a test key, forwarded webhooks and a clock that can be moved.')
    .option('--port <number>', 'TCP port, instead of PORT; 0 picks a free one', portOption)
    .option('--forward-to <url>', 'URL to send every event to, signed')
    .addHelpText('after', helpText(EXAMPLES))
    .action((options: DevOptions, command: Command) =>
      shell.run(command, (context) =>
        serve(forDevelopment(onPort(context, options.port), options)),
      ),
    )
}

/** Serves from a database that nothing else sells from, for this machine alone. */
function forDevelopment(context: Context, options: DevOptions): Context {
  const { forwardTo = null } = options
  const { configuration } = context
  const { databaseUrl, dataDir, host } = configuration
  if (databaseUrl !== null) {
    throw new CommandError(
      'usage',
      '"rowlock dev" has a database of its own, whose clock can be moved. Unset DATABASE_URL, or ' +
        'use "rowlock serve".',
    )
  }
  if (!LOOPBACK.test(host)) {
    throw new CommandError(
      'usage',
      `"rowlock dev" serves this machine alone. Unset HOST (${host}).`,
    )
  }
  if (forwardTo !== null && !/^https?:\/\//.test(forwardTo)) {
    throw new CommandError('usage', '--forward-to must begin with http:// or https://.')
  }
  const development = { forwardTo }
  const ours = { ...configuration, dataDir: developmentDir(dataDir), development }
  return { ...context, configuration: ours }
}
