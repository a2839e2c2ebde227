import type { Command } from 'commander'
import { BlockSeatsBody, ChangeBlockBody, UnblockSeatsBody } from '../../protocol/index.ts'
import { given, nullFor } from '../listing.ts'
import { labelList } from '../options.ts'
import { CLI_CALLER, CLI_WRITE, withEngine } from '../rowlock-stack.ts'
import type { Shell } from '../shell.ts'
import { addOne, noteOption } from '../tell-one.ts'
import { parseOptions } from '../with-access.ts'

const EXAMPLES = `
Notes are replaced as a whole; what you leave out stays as it is. --holder "" and --reference ""
take away what there is.

Examples:
  rowlock block create hamlet --seats J1,J2 --reason "house seats"
  rowlock block change hamlet block_… --holder "The Stage" --reference list-12
  rowlock block release hamlet block_… --seats J2`

/** `rowlock block create`, `get`, `change` and `release`. */
export function addBlocking(parent: Command, shell: Shell): void {
  const takes = { show: 'show key', block: 'id of the block' }
  const about = { noun: 'block', takes, examples: EXAMPLES }
  const said = (command: Command) =>
    command
      .option('--holder <name>', 'who the seats are kept for')
      .option('--reference <text>', 'your own reference')
      .option('--note <key=value>', 'a note of your own; repeatable', noteOption)
  said(
    addOne(parent, shell, {
      ...about,
      takes: { show: 'show key' },
      verb: 'create',
      summary: 'withhold seats from sale',
      act: async (context, [show = ''], { note: metadata, ...options }) => {
        const body = parseOptions(BlockSeatsBody, given({ ...options, metadata }))
        return withEngine(context, async (engine) => {
          return (await engine.blockSeats(CLI_WRITE, show, body)).value
        })
      },
    })
      .requiredOption('--seats <labels>', 'comma-separated seats', labelList)
      .requiredOption('--reason <text>', 'why, for the staff'),
  )
  addOne(parent, shell, {
    ...about,
    verb: 'get',
    summary: 'print a block, released or not',
    act: (context, [show = '', id = '']) =>
      withEngine(context, (engine) => engine.getBlock(CLI_CALLER, show, id)),
  })
  said(
    addOne(parent, shell, {
      ...about,
      verb: 'change',
      summary: 'change why seats are blocked, and for whom',
      act: async (context, [show = '', id = ''], { note: metadata, ...options }) => {
        const body = parseOptions(ChangeBlockBody, nullFor('', { ...options, metadata }))
        return withEngine(context, async (engine) => {
          return (await engine.changeBlock(CLI_WRITE, show, id, body)).value
        })
      },
    }).option('--reason <text>', 'why, for the staff'),
  )
  addOne(parent, shell, {
    ...about,
    verb: 'release',
    summary: "put a block's seats, or some of them, back on sale",
    act: async (context, [show = '', id = ''], options) => {
      const body = parseOptions(UnblockSeatsBody, options)
      return withEngine(context, async (engine) => {
        return (await engine.unblockSeats(CLI_WRITE, show, id, body)).value
      })
    },
  }).option('--seats <labels>', 'comma-separated seats, if not all of them', labelList)
}
