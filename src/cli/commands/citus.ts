import type { Command } from 'commander'
import { type CitusNode, type CitusStatus, readCitusStatus } from '../../db/index.ts'
import type { Configuration } from '../configuration/read-configuration.ts'
import type { Ending } from '../exit-codes.ts'
import { CommandError } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { PATIENCE_MS, withTargets } from '../rowlock-stack.ts'
import type { Context, Shell } from '../shell.ts'
import { renderTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

const EXAMPLES = `
Experimental: docs/operating/citus.md says what works. "rowlock migrate --citus" makes a database
sharded.

Examples:
  rowlock citus status
  rowlock citus status --json | jq '.nodes[] | select(.answers | not)'

Exit code 0: every node answers. 4: one does not.`

/** `rowlock citus`. */
export function addCitus(program: Command, shell: Shell): void {
  const citus = program
    .command('citus')
    .summary('look at a database that is sharded by show')
    .description('Look at a database that is sharded by show, on Citus (experimental).')
  citus
    .command('status')
    .summary('list nodes, shards and shows')
    .description('List the nodes of a sharded database, with their shards and shows.')
    .addHelpText('after', helpText(EXAMPLES))
    .action((_: object, command: Command) => shell.run(command, status))
}

/** The PostgreSQL that Rowlock brings along has no Citus, and is not made to find that out. */
export function requireCoordinator({ databaseUrl }: Configuration): void {
  if (databaseUrl !== null) return
  throw new CommandError('usage', 'Set DATABASE_URL to the coordinator of your Citus cluster.')
}

async function status({ terminal, configuration }: Context): Promise<Ending> {
  requireCoordinator(configuration)
  const found = await withTargets(configuration, terminal, ({ owner }) =>
    readCitusStatus(owner, PATIENCE_MS),
  )
  terminal.result(found, () => describe(terminal, found))
  return found.nodes.every(({ answers }) => answers) ? 'ok' : 'unfit'
}

function standbyOf({ hasStandby, standbyLagBytes: lag }: CitusNode): string {
  if (!hasStandby) return 'none'
  return lag === null ? 'unknown' : `${lag} bytes behind`
}

function describe(terminal: Terminal, { nodes, shards, shows, moves }: CitusStatus): string {
  const table = renderTable<CitusNode>(
    terminal,
    [
      { title: 'node', text: ({ node }) => node },
      { title: 'role', text: ({ isCoordinator }) => (isCoordinator ? 'coordinator' : 'worker') },
      {
        title: 'answers',
        text: ({ answers }) => (answers ? 'yes' : 'no'),
        look: ({ answers }) => (answers ? 'green' : 'red'),
      },
      { title: 'shards', align: 'right', text: (node) => String(node.shards) },
      { title: 'shows', align: 'right', text: (node) => String(node.shows) },
      { title: 'standby', text: standbyOf },
    ],
    nodes,
  )
  const onTheWay = moves.map(({ shard, from, to, lagBytes }) => {
    const behind = lagBytes === null ? 'being copied' : `${lagBytes} bytes behind`
    return `\nShard ${shard} moves from ${from} to ${to}: ${behind}.`
  })
  return `${table}\n\n${shows} shows in ${shards} shards.${onTheWay.join('')}`
}
