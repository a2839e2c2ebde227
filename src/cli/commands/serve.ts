import type { Command } from 'commander'
import { helpText } from '../help-text.ts'
import { serve } from '../serve/serve.ts'
import type { Shell } from '../shell.ts'

const EXAMPLES = `
Without DATABASE_URL it starts an embedded PostgreSQL in ROWLOCK_DATA_DIR (.rowlock), migrates it,
and loads demo data if it is empty. With DATABASE_URL it serves that database; start as many
servers on it as you like. All settings come from the environment: see
docs/reference/configuration.md.

Examples:
  rowlock serve
  PORT=8080 ROWLOCK_DEMO=false rowlock serve
  DATABASE_URL=postgres://rowlock@db/tickets HOST=0.0.0.0 rowlock serve

SIGTERM or Ctrl-C stops it gracefully; a second one stops it at once.`

/** `rowlock serve`. */
export function addServe(program: Command, shell: Shell): void {
  program
    .command('serve')
    .summary('run the server')
    .description('Run the HTTP server, with an embedded PostgreSQL unless DATABASE_URL is set.')
    .addHelpText('after', helpText(EXAMPLES))
    .action((_options: object, command: Command) => shell.run(command, serve))
}
