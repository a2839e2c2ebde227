import type { CompletedCommand } from './commands-of.ts'

/** A script for fish, which shows what each command and option is for. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  const about = new Map(commands.map(({ path, about }) => [path, about]))
  const lines = commands.flatMap(({ path, subcommands, choices, options }) => {
    const at = `complete -c rowlock -n ${quote(`__rowlock_at ${path}`.trim())}`
    return [
      ...subcommands.map((name) => {
        const full = `${path} ${name}`.trim()
        return `${at} -f -a ${name} -d ${quote(about.get(full) ?? '')}`
      }),
      ...(choices.length > 0 ? [`${at} -f -a ${quote(choices.join(' '))}`] : []),
      ...options.map(({ flag, about: text, values }) => {
        const taken =
          values === null ? '' : values.length === 0 ? ' -r' : ` -x -a ${quote(values.join(' '))}`
        return `${at} -l ${flag.slice(2)}${taken} -d ${quote(text)}`
      }),
    ]
  })
  return `# Completion of rowlock for fish: rowlock completion fish | source
function __rowlock_at
  set -l words (commandline -opc)[2..]
  set -l names
  for word in $words
    string match -q -- '-*' $word; or set -a names $word
  end
  set -l depth (count $argv)
  set -l next (math $depth + 1)
  test $depth -gt 0; and test "$names[1..$depth]" != "$argv"; and return 1
  contains -- "$names[$next]" (__rowlock_below $argv); and return 1
  return 0
end
function __rowlock_below
  switch "$argv"
${commands
  .filter(({ subcommands }) => subcommands.length > 0)
  .map(
    ({ path, subcommands }) =>
      `    case ${quote(path)}\n      printf '%s\\n' ${subcommands.join(' ')}`,
  )
  .join('\n')}
  end
end
${lines.join('\n')}
`
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
