import { CommanderError } from 'commander'
import { type Ending, EXIT_CODES } from './exit-codes.ts'
import { type Failure, failureOf } from './failure.ts'
import { createProgram } from './program.ts'
import { Shell } from './shell.ts'
import type { Terminal, World } from './terminal.ts'

/** Runs a command line; answers the exit code. Never throws. */
export async function run(world: World): Promise<number> {
  // Who reads our output may leave before its end (`| head`).
  for (const stream of [world.stdout, world.stderr]) stream.on('error', () => {})
  const shell = new Shell(world)
  const argv = world.argv.length === 0 ? ['--help'] : world.argv
  try {
    const program = await createProgram(world, shell)
    await program.parseAsync([...argv], { from: 'user' })
    return EXIT_CODES[shell.ending].code
  } catch (error) {
    return EXIT_CODES[tell(shell.terminal, error)].code
  }
}

function tell(terminal: Terminal, error: unknown): Ending {
  const failure = error instanceof CommanderError ? usageFailure(error) : failureOf(error)
  if (failure === null) return 'ok'
  if (failure.message === '') return failure.ending
  terminal.complain(terminal.isJson ? asJson(failure) : asText(terminal, failure))
  return failure.ending
}

/** Help and version that were asked for are no failure; help that was not has been printed. */
function usageFailure({ code, exitCode, message }: CommanderError): Failure | null {
  if (exitCode === 0) return null
  const text = code === 'commander.help' ? '' : message.replace(/^error: /, '')
  return { ending: 'usage', code: 'usage', message: capitalize(text) }
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function asJson({ code, message, mistakes, details }: Failure): string {
  return JSON.stringify({ error: { code, message, ...(mistakes && { mistakes }), ...details } })
}

function asText(terminal: Terminal, { message, mistakes = [], stack }: Failure): string {
  const lines = mistakes.map(({ path, message }) => {
    return `  ${terminal.styleError('bold', path)} ${message}`
  })
  const title = `${terminal.styleError(['bold', 'red'], 'Error:')} ${message}`
  return [title, ...lines, ...(stack ? [terminal.styleError('dim', stack)] : [])].join('\n')
}
