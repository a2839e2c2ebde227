import type { Command, Option } from 'commander'

/** An option as a shell completes it. */
export interface CompletedOption {
  /** `--format`. */
  readonly flag: string
  readonly about: string
  /** Values that may follow it; null where nothing does. Empty: anything, such as a file. */
  readonly values: readonly string[] | null
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  /** Its names, without that of the program: `plan export`. */
  readonly path: string
  readonly about: string
  readonly subcommands: readonly string[]
  /** Values of its arguments, where they are a choice. */
  readonly choices: readonly string[]
  readonly options: readonly CompletedOption[]
}

/** Every command that help shows, the program itself first, under an empty path. */
export function commandsOf(program: Command): CompletedCommand[] {
  return walk(program, '', [])
}

function walk(command: Command, path: string, known: readonly Option[]): CompletedCommand[] {
  const help = command.createHelp()
  const options = [...help.visibleOptions(command), ...known]
  const subcommands = help.visibleCommands(command).filter((one) => one.name() !== 'help')
  const global = path === '' ? command.options : known
  const one = {
    path,
    about: command.summary() || command.description(),
    subcommands: subcommands.map((sub) => sub.name()),
    choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    options: options.flatMap(toCompleted),
  }
  return [one, ...subcommands.flatMap((sub) => walk(sub, `${path} ${sub.name()}`.trim(), global))]
}

function toCompleted({ long, description, required, optional, argChoices }: Option) {
  if (!long) return []
  return [
    { flag: long, about: description, values: required || optional ? (argChoices ?? []) : null },
  ]
}
