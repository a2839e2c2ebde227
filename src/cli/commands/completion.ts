import { Argument, type Command } from 'commander'
import { bashScript, zshScript } from '../completion/bash.ts'
import { type CompletedCommand, commandsOf } from '../completion/commands-of.ts'
import { fishScript } from '../completion/fish.ts'
import { helpText } from '../help-text.ts'
import type { Shell } from '../shell.ts'
import type { World } from '../terminal.ts'

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const satisfies Record<
  string,
  (commands: readonly CompletedCommand[]) => string
>

const EXAMPLES = `
Completes commands, options and their choices when you press Tab. Put the line for your shell into
its start-up file, and read it again after an update.

Examples:
  source <(rowlock completion bash)
  source <(rowlock completion zsh)
  rowlock completion fish | source`

/** `rowlock completion`. */
export function addCompletion(program: Command, _shell: Shell, { stdout }: World): void {
  program
    .command('completion')
    .summary('print a script that completes commands in your shell')
    .description('Print a script that completes commands and options in your shell.')
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(SCRIPTS)))
    .addHelpText('after', helpText(EXAMPLES))
    .action((shell: keyof typeof SCRIPTS) => {
      stdout.write(SCRIPTS[shell](commandsOf(program)))
    })
}
