import { PassThrough } from 'node:stream'
import type { Command } from 'commander'
import { configurationTable } from '../src/cli/configuration/configuration-table.ts'
import { EXIT_CODES } from '../src/cli/exit-codes.ts'
import { createProgram } from '../src/cli/program.ts'
import { Shell } from '../src/cli/shell.ts'
import type { World } from '../src/cli/terminal.ts'

const WRITTEN = '<!-- Written by "npm run reference". -->'

/** `docs/reference/configuration.md`. */
export function configurationPage(): string {
  return `# Configuration

${WRITTEN}

Configure everything with environment variables. They are checked when a command starts: if any
are wrong, it lists all of them and does nothing. An empty variable counts as not set. You are
warned about variables that begin with \`ROWLOCK_\` but are not in this table.

${configurationTable()}

Commands other than \`serve\` read the same variables, as far as they need them.
`
}

/** `docs/reference/cli.md`: the help of every command, and the exit codes. */
export async function commandLinePage(): Promise<string> {
  const codes = Object.values(EXIT_CODES).map(({ code, meaning }) => `| ${code} | ${meaning} |`)
  const commands = commandsBelow(await open())
    .map((command) => `## ${pathOf(command)}\n\n\`\`\`text\n${helpOf(command).trim()}\n\`\`\`\n`)
    .join('\n')
  return `# Command line

${WRITTEN}

In a checkout, run \`npm run rowlock -- …\`; once it is installed, \`rowlock …\`. Results go
to standard output, everything else to standard error. With \`--json\` the result is one JSON
document, and an error is \`{"error": {"code", "message", "mistakes"?}}\`.

## Exit codes

| code | meaning |
|---|---|
${codes.join('\n')}

${commands}`
}

/** The help of a command as a terminal of 80 columns shows it, without colours. */
export function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({
    writeOut: (part) => {
      text += part
    },
    getOutHelpWidth: () => 80,
    getOutHasColors: () => false,
  })
  command.outputHelp()
  return text
}

/** Every command that does something, with the program itself in front. */
export function commandsBelow(command: Command): Command[] {
  const below = command.commands.flatMap(commandsBelow)
  return below.length > 0 && command.parent !== null ? below : [command, ...below]
}

/** Such as `rowlock plan import`. */
export function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`
}

/** A program that nobody runs. */
export async function open(): Promise<Command> {
  const stream = new PassThrough()
  const streams = { stdin: stream, stdout: stream, stderr: stream } as unknown as World
  const world = { ...streams, argv: [], environment: {} }
  return createProgram(world, new Shell(world))
}
