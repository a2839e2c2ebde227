import type { Command } from 'commander'
import { helpText } from '../help-text.ts'
import { serve } from '../serve/serve.ts'
import type { Shell } from '../shell.ts'

const EXAMPLES = `
Without DATABASE_URL it brings up a PostgreSQL of its own in ROWLOCK_DATA_DIR (.rowlock), migrates
it, and loads a demonstration where there is nothing yet. With DATABASE_URL it serves that one;
start as many servers on it as you like. All settings come from the environment: see
docs/reference/configuration.md.

Examples:
  rowlock serve
  PORT=8080 ROWLOCK_DEMO=false rowlock serve
  DATABASE_URL=postgres://rowlock@db/tickets HOST=0.0.0.0 rowlock serve

SIGTERM or Ctrl-C stops it in order, a second one without waiting for anybody.`

/** `rowlock serve`. */
export function addServe(program: Command, shell: Shell): void {
  program
    .command('serve')
    .summary('run the server')
    .description('Run the HTTP server, and a PostgreSQL of its own when none is configured.')
    .addHelpText('after', helpText(EXAMPLES))
    .action((_options: object, command: Command) => shell.run(command, serve))
}
