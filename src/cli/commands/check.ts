import type { Command } from 'commander'
import type { Violation } from '../../engine/index.ts'
import type { Ending } from '../exit-codes.ts'
import { helpText } from '../help-text.ts'
import { forEachWithProgress } from '../progress.ts'
import { withEngine } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { chooseShows } from '../show-keys.ts'
import { renderTable } from '../table.ts'

interface Checked {
  readonly show: string
  readonly violations: readonly Violation[]
  /** Seconds by which its time is ahead of the database's clock. */
  readonly secondsAhead: number
}

const EXAMPLES = `
Checks everything that the tables can prove: one owner per seat, a journal that agrees with the
claims, versions without gaps, counts that add up, no seat outside its plan. It takes no locks:
run it while shows are on sale.

Examples:
  rowlock check                         every show
  rowlock check avengers-2026-7pm       one show
  rowlock check --json | jq '.shows[] | select(.violations != [])'

Exit code 0: all is well. 1: a promise is broken.`

/** `rowlock check`. */
export function addCheck(program: Command, shell: Shell): void {
  program
    .command('check')
    .summary('verify a live database')
    .description('Verify a live database against every promise that its tables can prove.')
    .argument('[show...]', 'show keys (default: all)')
    .option('--all', 'check every show')
    .addHelpText('after', helpText(EXAMPLES))
    .action((shows: string[], options: { all?: boolean }, command: Command) =>
      shell.run(command, (context) => check(context, options.all ? [] : shows)),
    )
}

async function check(context: Context, named: readonly string[]): Promise<Ending> {
  const { terminal } = context
  const checked = await withEngine(context, async (engine) => {
    const keys = await chooseShows(engine, named)
    const found: Checked[] = []
    await forEachWithProgress(terminal, 'Checking', keys, async (show) => {
      const violations = await engine.checkShow(show)
      const secondsAhead = Math.ceil(await engine.readSecondsAhead(show))
      found.push({ show, violations, secondsAhead })
    })
    return found
  })
  const ok = checked.every(({ violations }) => violations.length === 0)
  terminal.result({ ok, shows: checked }, () => describe(context, checked))
  return ok ? 'ok' : 'refused'
}

function describe({ terminal }: Context, checked: readonly Checked[]): string {
  const broken = checked.flatMap(({ show, violations }) => {
    return violations.map((violation) => ({ show, ...violation }))
  })
  const shows = `${checked.length} ${checked.length === 1 ? 'show' : 'shows'} checked`
  for (const { show, secondsAhead } of checked) {
    if (secondsAhead === 0) continue
    terminal.warn(
      `${show} is ahead of the database's clock by ${secondsAhead} s: the clock was wrong when ` +
        'it was last written to. Until the clock has caught up, its holds do not end.',
    )
  }
  if (broken.length === 0) return `${terminal.style('green', '✓')} ${shows}, every promise kept.`
  const table = renderTable(
    terminal,
    [
      { title: 'SHOW', text: ({ show }) => show },
      { title: 'PROMISE', align: 'right', text: ({ promise }) => String(promise) },
      { title: 'BROKEN', text: ({ rule }) => rule, look: () => 'red' },
      { title: 'WHERE', text: ({ detail }) => detail, gives: true },
    ],
    broken,
  )
  const places = `${broken.length} ${broken.length === 1 ? 'place' : 'places'}`
  return `${table}\n\n${terminal.style('red', '✗')} ${shows}, promises broken in ${places}.`
}
