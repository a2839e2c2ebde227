import type { Command } from 'commander'
import { RepeatShowBody, type Show } from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import { localTime } from '../local-time.ts'
import { CLI_WRITE, withEngine } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { parseOptions } from '../with-access.ts'

const EXAMPLES = `
An archived show is left out of lists; nothing else about it changes. A show can be deleted while
nothing was ever sold for it. Repeats have the same seats and terms, and you get all dates or none;
running the command again changes nothing.

Examples:
  rowlock show archive hamlet-2026-12-01
  rowlock show delete hamlet-2026-12-01
  rowlock show repeat hamlet-2026-12-01 hamlet-2026-12-02=2026-12-02T19:00Z`

/** `rowlock show repeat`, `archive` and `delete`. */
export function addShowUpkeep(show: Command, shell: Shell): void {
  show
    .command('repeat')
    .summary('repeat a show on other dates')
    .description('Repeat a show on other dates: all of them or none.')
    .argument('<show>', 'key of the show to repeat')
    .argument('<key=start...>', 'key and start of each new show')
    .addHelpText('after', helpText(EXAMPLES))
    .action((key: string, dates: string[], _options: unknown, command: Command) =>
      shell.run(command, (context) => repeatShow(context, key, dates)),
    )
  show
    .command('archive')
    .summary('leave a show out of lists')
    .description('Leave a show out of lists, or bring it back.')
    .argument('<show>', 'show key')
    .option('--bring-back', 'list it again')
    .addHelpText('after', helpText(EXAMPLES))
    .action((key: string, { bringBack = false }: { bringBack?: boolean }, command: Command) =>
      shell.run(command, (context) => archiveShow(context, key, !bringBack)),
    )
  show
    .command('delete')
    .summary('delete a show for which nothing was ever sold')
    .description('Delete a show that never sold anything. Its key can be used again.')
    .argument('<show>', 'show key')
    .addHelpText('after', helpText(EXAMPLES))
    .action((key: string, _options: unknown, command: Command) =>
      shell.run(command, (context) => deleteShow(context, key)),
    )
}

async function repeatShow(context: Context, key: string, dates: string[]) {
  const { terminal } = context
  const shows = dates.map((date) => {
    const [made, ...start] = date.split('=')
    return { key: made, startsAt: start.join('=') }
  })
  const body = parseOptions(RepeatShowBody, { shows })
  const { value, changed } = await withEngine(context, (engine) => {
    return engine.repeatShow(CLI_WRITE, key, body)
  })
  terminal.result({ created: changed, shows: value.items }, () => {
    return value.items.map((made) => describe(made)).join('\n')
  })
  return undefined
}

function describe({ key, startsAt, timeZone, seatCount }: Show): string {
  return `${key} is on sale: ${seatCount} seats, starts ${localTime(startsAt, timeZone)}.`
}

async function archiveShow(context: Context, key: string, archived: boolean) {
  const { terminal } = context
  const { value } = await withEngine(context, (engine) => {
    return engine.changeShow(CLI_WRITE, key, { archived })
  })
  terminal.result({ show: value }, () => {
    return `${value.key} is ${archived ? 'archived' : 'listed again'}.`
  })
  return undefined
}

async function deleteShow(context: Context, key: string) {
  const { terminal } = context
  const { value } = await withEngine(context, (engine) => {
    return engine.deleteShow(CLI_WRITE, key)
  })
  terminal.result({ deleted: value }, () => `${value.key} is deleted.`)
  return undefined
}
