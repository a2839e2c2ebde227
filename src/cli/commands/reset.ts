import type { Command } from 'commander'
import type { Engine } from '../../engine/index.ts'
import { askForYes } from '../ask-for-yes.ts'
import { CommandError } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { forEachWithProgress } from '../progress.ts'
import { CLI_CALLER, withStack } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { chooseShows } from '../show-keys.ts'
import { renderTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

interface ResetOptions {
  readonly all?: boolean
  readonly yes?: boolean
}

interface AtStake {
  readonly show: string
  readonly held: number
  readonly booked: number
  readonly blocked: number
}

const EXAMPLES = `
Cancels every booking, releases every hold and lifts every block, so that all seats are available
again. The journal stays, and records it. It asks for confirmation first; in scripts, use --yes.

Examples:
  rowlock reset avengers-2026-7pm
  rowlock reset --all --yes`

/** `rowlock reset`. */
export function addReset(program: Command, shell: Shell): void {
  program
    .command('reset')
    .summary('make every seat of a show available again')
    .description('End every booking, hold and block of a show, so that every seat is available.')
    .argument('[show...]', 'show keys')
    .option('--all', 'reset every show')
    .option('-y, --yes', 'do not ask for confirmation')
    .addHelpText('after', helpText(EXAMPLES))
    .action((shows: string[], options: ResetOptions, command: Command) =>
      shell.run(command, (context) => reset(context, shows, options)),
    )
}

async function reset(context: Context, named: readonly string[], options: ResetOptions) {
  const { terminal, configuration } = context
  if (named.length === 0 && !options.all) {
    throw new CommandError('usage', 'Name the shows to reset, or use --all.')
  }
  if (named.length > 0 && options.all) {
    throw new CommandError('usage', 'Name shows or use --all, not both.')
  }
  if (!options.yes && !terminal.isInteractive) {
    throw new CommandError('refused', 'Cannot ask for confirmation here. Use --yes to reset.')
  }
  const done = await withStack(
    configuration,
    terminal,
    async ({ engine }) => {
      const keys = await chooseShows(engine, named)
      if (!options.yes) await ask(terminal, await readAtStake(engine, keys))
      const shows: { show: string; ended: number }[] = []
      await forEachWithProgress(terminal, 'Resetting', keys, async (show) => {
        shows.push({ show, ended: await engine.resetShow(CLI_CALLER, show) })
      })
      return { shows }
    },
    'owner',
  )
  terminal.result(done, () => {
    const ended = done.shows.reduce((sum, show) => sum + show.ended, 0)
    const shows = done.shows.length === 1 ? 'show' : 'shows'
    return `${done.shows.length} ${shows} reset: ${ended} bookings, holds and blocks ended.`
  })
  return undefined
}

async function readAtStake(engine: Engine, keys: readonly string[]): Promise<AtStake[]> {
  const stakes: AtStake[] = []
  for (const show of keys) {
    const { held, booked, blocked } = (await engine.getAvailability(show)).read().counts
    stakes.push({ show, held, booked, blocked })
  }
  return stakes
}

const ROWS_MAX = 20

async function ask(terminal: Terminal, stakes: readonly AtStake[]): Promise<void> {
  const table = renderTable(
    terminal,
    [
      { title: 'SHOW', text: ({ show }) => show, gives: true },
      { title: 'HELD', align: 'right', text: ({ held }) => String(held) },
      { title: 'BOOKED', align: 'right', text: ({ booked }) => String(booked) },
      { title: 'BLOCKED', align: 'right', text: ({ blocked }) => String(blocked) },
    ],
    stakes.slice(0, ROWS_MAX),
  )
  const more = stakes.length > ROWS_MAX ? `\n… and ${stakes.length - ROWS_MAX} more shows.` : ''
  terminal.complain(`${table}${more}\n`)
  if (await askForYes(terminal, 'Reset these shows?')) return
  throw new CommandError('refused', 'Nothing was reset.')
}
