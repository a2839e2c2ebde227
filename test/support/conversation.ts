import { PassThrough } from 'node:stream'
import { run } from '../../src/cli/run.ts'
import type { World } from '../../src/cli/terminal.ts'
import { type CommandResult, cleanEnvironment } from './command-line.ts'

// Whoever runs the tests may like colours; commands look at their own environment for everything
// else, but node's own styles look at that of the process.
delete process.env.FORCE_COLOR

type Environment = Readonly<Record<string, string>>

/**
 * Runs `rowlock` in this process, with nobody at a terminal. Half a second less than a process of
 * its own, which is for tests of what only a process has: signals, pipes, its end.
 */
export async function rowlockHere(
  args: readonly string[],
  environment: Environment = {},
  { input = '' }: { input?: string } = {},
): Promise<CommandResult> {
  const stdin = new PassThrough()
  stdin.end(input)
  const streams = { stdin, stdout: new PassThrough(), stderr: new PassThrough() }
  const said = listenTo(streams)
  const world = { ...streams, argv: args, environment: cleanEnvironment(environment) }
  const code = await run(world as unknown as World)
  return { code, ...said, json: () => JSON.parse(said.stdout) }
}

/** Runs a command as if in a terminal, with somebody who types `answer`. */
export async function converse(
  args: readonly string[],
  environment: Environment,
  answer: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdin = terminalStream()
  const stdout = terminalStream()
  const stderr = terminalStream()
  const said = listenTo({ stdout, stderr })
  stderr.on('data', (chunk) => {
    if (String(chunk).includes('Type "yes"')) stdin.write(`${answer}\n`)
  })
  const streams = { stdin, stdout, stderr } as unknown as World
  const code = await run({ ...streams, argv: args, environment })
  return { code, ...said }
}

function listenTo({ stdout, stderr }: { stdout: PassThrough; stderr: PassThrough }) {
  const said = { stdout: '', stderr: '' }
  stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text
  })
  stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text
  })
  return said
}

/** Makes a stream with what a terminal has besides, as far as commands look at it. */
function terminalStream(): PassThrough {
  return Object.assign(new PassThrough(), {
    isTTY: true,
    columns: 80,
    hasColors: () => false,
    getColorDepth: () => 1,
  })
}
