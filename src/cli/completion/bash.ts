import type { CompletedCommand } from './commands-of.ts'

/**
 * A script for bash. What may follow is written into it, so that Tab starts no program, and nothing
 * that somebody has typed is ever evaluated.
 */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const steps = commands.filter(({ path }) => path !== '').map(({ path }) => path)
  const words = commands.map(({ path, subcommands, choices, options }) => {
    const all = [...subcommands, ...choices, ...options.map(({ flag }) => flag)]
    return `    ${quote(path)}) words=${quote(all.join(' '))} ;;`
  })
  const values = commands.flatMap(({ path, options }) =>
    options.flatMap(({ flag, values: known }) =>
      known === null ? [] : `    ${quote(`${path} ${flag}`)}) words=${quote(known.join(' '))} ;;`,
    ),
  )
  return `# Completion of rowlock for bash: source <(rowlock completion bash)
_rowlock() {
  local command='' word words=''
  for word in "\${COMP_WORDS[@]:1:$((COMP_CWORD - 1))}"; do
    word="\${command:+$command }$word"
    case "$word" in
      ${steps.map(quote).join('|')}) command="$word" ;;
    esac
  done
  case "$command" in
${words.join('\n')}
  esac
  case "$command \${COMP_WORDS[COMP_CWORD-1]}" in
${values.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _rowlock rowlock
`
}

/** Writes the script for zsh, which runs completions of bash. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  return `# Completion of rowlock for zsh: source <(rowlock completion zsh)
autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
${bashScript(commands).split('\n').slice(1).join('\n')}`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
