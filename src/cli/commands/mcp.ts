import type { Command } from 'commander'
import { createClient } from '../../client/index.ts'
import { CommandError } from '../failure.ts'
import { helpText } from '../help-text.ts'
import { serveMcp } from '../mcp/serve-mcp.ts'
import { readTools } from '../mcp/tools.ts'
import type { Context, Shell } from '../shell.ts'

interface McpOptions {
  readonly server?: string
  readonly key?: string
  readonly allowWrites?: boolean
}

const EXAMPLES = `
Speaks the Model Context Protocol on standard input and output: your assistant
starts this command, and uses it to ask a running server. It may do whatever
its key may do, so give it a key of its own with "rowlock key create".

Without --allow-writes, all tools are read-only. Without a key, the assistant
is an anonymous shopper.

Examples:
  rowlock mcp
  rowlock mcp --server https://tickets.example.org
  ROWLOCK_OPERATOR_KEY=rlp_… rowlock mcp --allow-writes`

/** `rowlock mcp`. */
export function addMcp(program: Command, shell: Shell): void {
  program
    .command('mcp')
    .summary('let an AI assistant ask a running server')
    .description('Serve tools for AI assistants (MCP) on standard input and output.')
    .option('--server <url>', 'a running server (default: the one on this machine)')
    .option('--key <key>', 'an API key (default: ROWLOCK_OPERATOR_KEY, which takes one, too)')
    .option('--allow-writes', 'add tools that hold, book, cancel and block seats')
    .addHelpText('after', helpText(EXAMPLES))
    .action((options: McpOptions, command: Command) =>
      shell.run(command, (context) => speak(context, options)),
    )
}

async function speak({ world, terminal, configuration }: Context, options: McpOptions) {
  const { server = `http://127.0.0.1:${configuration.port}` } = options
  if (!/^https?:\/\//.test(server)) {
    throw new CommandError('usage', '--server must begin with http:// or https://.')
  }
  const key = options.key ?? configuration.operatorKey ?? undefined
  const tools = await readTools(options.allowWrites ?? false)
  terminal.note(`${tools.length} tools for ${server}.`)
  const client = createClient({ server, key })
  await serveMcp({ input: world.stdin, output: world.stdout, client, tools })
  return undefined
}
