import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import { helpText } from '../help-text.ts'
import { portOption, wholeOption } from '../options.ts'
import { serve } from '../serve/serve.ts'
import { onPort, type Shell } from '../shell.ts'

const EXAMPLES = `
Without DATABASE_URL it starts an embedded PostgreSQL in ROWLOCK_DATA_DIR (.rowlock), migrates it,
and loads demo data if it is empty. With DATABASE_URL it serves that database; start as many
servers on it as you like. All other settings come from the environment: see
docs/reference/configuration.md.

Examples:
  rowlock serve
  rowlock serve --port 8080
  PORT=8080 ROWLOCK_DEMO=false rowlock serve
  DATABASE_URL=postgres://rowlock@db/tickets HOST=0.0.0.0 rowlock serve

With --workers, several processes share the port, each with its own
connections; one that ends is replaced. See docs/operating/production.md.

SIGTERM or Ctrl-C stops it gracefully; a second one stops it at once.`

interface ServeOptions {
  readonly port?: number
  readonly workers: number
}

const WORKERS_MAX = 64

function toCount(text: string): number {
  if (text === 'auto') return Math.min(WORKERS_MAX, Math.ceil(availableParallelism() / 2))
  return wholeOption(1, WORKERS_MAX)(text)
}

/** `rowlock serve`. */
export function addServe(program: Command, shell: Shell): void {
  program
    .command('serve')
    .summary('run the server')
    .description('Run the HTTP server, with an embedded PostgreSQL unless DATABASE_URL is set.')
    .option('--port <number>', 'TCP port, instead of PORT; 0 picks a free one', portOption)
    .option('--workers <count>', '1 to 64, or "auto": one for every two cores', toCount, 1)
    .addHelpText('after', helpText(EXAMPLES))
    .action(({ port, workers }: ServeOptions, command: Command) =>
      shell.run(command, (context) => serve(onPort(context, port), workers)),
    )
}
