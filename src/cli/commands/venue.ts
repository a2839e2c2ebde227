import type { Command } from 'commander'
import { ChangeVenueBody, ListVenuesQuery, Venue } from '../../protocol/index.ts'
import { helpText } from '../help-text.ts'
import { addList, given, retiredOf, timeZoneOption } from '../listing.ts'
import { CLI_WRITE, withEngine } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { addOne } from '../tell-one.ts'
import { parseOptions } from '../with-access.ts'

interface ChangeOptions {
  readonly name?: string
  readonly timeZone?: string
  readonly retire?: boolean
  readonly bringBack?: boolean
}

const EXAMPLES = `
Shows appear in the time zone of their venue. A retired venue takes no new plans or shows; its
shows carry on.

Examples:
  rowlock venue create "Old Vic" --time-zone Europe/London
  rowlock venue list
  rowlock venue change venue_… --name "The Old Vic"
  rowlock venue change venue_… --retire`

/** `rowlock venue create`, `list`, `get` and `change`. */
export function addVenue(program: Command, shell: Shell): void {
  const venue = program
    .command('venue')
    .summary('create, list, change and retire venues')
    .description('Manage venues. A venue is a place with seating plans and a time zone.')
    .addHelpText('after', helpText(EXAMPLES))
  venue
    .command('create')
    .summary('create a venue')
    .description('Create a venue.')
    .argument('<name>', 'name of the venue')
    .requiredOption('--time-zone <zone>', 'such as Europe/London', timeZoneOption)
    .addHelpText('after', helpText(EXAMPLES))
    .action((name: string, { timeZone }: { timeZone: string }, command: Command) =>
      shell.run(command, (context) => createVenue(context, name, timeZone)),
    )
  addList(venue, shell, {
    name: 'venues',
    summary: 'list venues, without retired ones',
    examples: EXAMPLES,
    open: withEngine,
    read: (engine, _, { retired = false, ...page }) =>
      engine.listVenues(parseOptions(ListVenuesQuery, { ...page, retired: `${retired}` })),
    item: Venue,
    columns: [
      { title: 'VENUE', text: ({ id }) => id, look: () => 'bold' },
      { title: 'NAME', text: ({ name }) => name, gives: true },
      { title: 'TIME ZONE', text: ({ timeZone }) => timeZone ?? '-' },
    ],
    none: 'No venues. Create one with "rowlock venue create".',
  }).option('--retired', 'only retired ones')
  addOne(venue, shell, {
    verb: 'get',
    noun: 'venue',
    summary: 'print a venue',
    takes: { venue: 'id of the venue' },
    examples: EXAMPLES,
    act: (context, [id = '']) => withEngine(context, (engine) => engine.getVenue(id)),
  })
  venue
    .command('change')
    .summary('rename a venue, change its time zone, or retire it')
    .description('Rename a venue, change its time zone, retire it, or bring it back.')
    .argument('<venue>', 'id of the venue')
    .option('--name <name>', 'its new name')
    .option('--time-zone <zone>', 'its new time zone; shows keep their instants', timeZoneOption)
    .option('--retire', 'take no new plans or shows')
    .option('--bring-back', 'take new plans and shows again')
    .addHelpText('after', helpText(EXAMPLES))
    .action((id: string, options: ChangeOptions, command: Command) =>
      shell.run(command, (context) => changeVenue(context, id, options)),
    )
}

async function createVenue(context: Context, name: string, timeZone: string) {
  const { value } = await withEngine(context, (engine) => {
    return engine.createVenue(CLI_WRITE, { name, timeZone })
  })
  context.terminal.result({ venue: value }, () => describe(value))
  return undefined
}

async function changeVenue(context: Context, id: string, options: ChangeOptions) {
  const { name, timeZone } = options
  const body = parseOptions(ChangeVenueBody, given({ name, timeZone, retired: retiredOf(options) }))
  const { value } = await withEngine(context, (engine) => {
    return engine.changeVenue(CLI_WRITE, id, body)
  })
  context.terminal.result({ venue: value }, () => describe(value))
  return undefined
}

function describe({ id, name, timeZone, retiredAt }: Venue): string {
  const state = retiredAt === null ? '' : ' Retired.'
  return `${name}, ${timeZone ?? 'without a time zone'}.${state}\nVenue ${id}`
}
