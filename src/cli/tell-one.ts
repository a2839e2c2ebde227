import type { Command } from 'commander'
import { helpText } from './help-text.ts'
import type { Context, Shell } from './shell.ts'

/** A subcommand that works on one thing, named by its ids. */
interface OneThing {
  readonly verb: string
  /** Key of the result in JSON. */
  readonly noun: string
  readonly summary: string
  /** Its arguments, each with what it is. */
  readonly takes: Readonly<Record<string, string>>
  readonly examples: string
  /** Answers with what it is then. */
  readonly act: (
    context: Context,
    ids: readonly string[],
    options: Readonly<Record<string, unknown>>,
  ) => Promise<object>
}

/** Adds such a subcommand; options may be added to it. */
export function addOne(parent: Command, shell: Shell, one: OneThing): Command {
  const command = parent.command(one.verb).summary(one.summary).description(sentenceOf(one.summary))
  for (const [name, about] of Object.entries(one.takes)) addArgument(command, name, about)
  const count = Object.keys(one.takes).length
  return command.addHelpText('after', helpText(one.examples)).action((...given: unknown[]) => {
    const ids = given.slice(0, count) as string[]
    const options = given[count] as Readonly<Record<string, unknown>>
    return shell.run(command, async (context) => {
      tellOne(context, one.noun, await one.act(context, ids, options))
      return undefined
    })
  })
}

/** Adds an argument. One in brackets may be left out. */
export function addArgument(command: Command, name: string, about: string): void {
  command.argument(name.startsWith('[') ? name : `<${name}>`, about)
}

/** `list holds` → `List holds.` */
export function sentenceOf(summary: string): string {
  return `${summary[0]?.toUpperCase()}${summary.slice(1)}.`
}

/** Tells one thing: a line for each of its fields, or JSON. */
export function tellOne({ terminal }: Context, noun: string, value: object): void {
  terminal.result({ [noun]: value }, () => {
    const rows = Object.entries(value).map(
      ([name, field]) => [wordsOf(name), textOf(field)] as const,
    )
    const width = Math.max(...rows.map(([name]) => name.length))
    return rows.map(([name, text]) => `${name.padEnd(width)}  ${text}`.trimEnd()).join('\n')
  })
}

/** Collects `--note basket=99`, repeated. */
export function noteOption(text: string, notes: Readonly<Record<string, string>> = {}) {
  const [name = '', ...value] = text.split('=')
  return { ...notes, [name]: value.join('=') }
}

/** `salesFrom` → `sales from` */
function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function textOf(value: unknown): string {
  if (value === null) return '-'
  if (typeof value !== 'object') return String(value)
  const isPlain = Array.isArray(value) && value.every((one) => typeof one !== 'object')
  return isPlain ? value.join(', ') : JSON.stringify(value)
}
