import type { Command } from 'commander'
import { loadDemo } from '../../engine/index.ts'
import { CommandError } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { withEngine } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'

const EXAMPLES = `
Loads a cinema with the show avengers-2026-7pm (50 seats, A1 to E10), and a theatre of about
1,000 seats with shows over the coming weeks. Works only on a database without venues or shows,
and never changes or deletes anything.

Example:
  DATABASE_URL=postgres://localhost/tickets rowlock demo`

/** `rowlock demo`. */
export function addDemo(program: Command, shell: Shell): void {
  program
    .command('demo')
    .summary('load demo data into an empty database')
    .description('Load demo data: a cinema and a theatre with shows on sale.')
    .addHelpText('after', helpText(EXAMPLES))
    .action((_options: object, command: Command) => shell.run(command, demo))
}

async function demo(context: Context): Promise<undefined> {
  const { terminal } = context
  const loaded = await withEngine(context, (engine) => loadDemo(engine))
  if (loaded === null) {
    throw new CommandError(
      'refused',
      'This database already has venues or shows. Load the demo into an empty one.',
    )
  }
  terminal.result(loaded, () => {
    const list = loaded.shows.map((show) => `  ${show}`).join('\n')
    return `Loaded ${loaded.venues.join(' and ')}, with the shows\n${list}`
  })
}
