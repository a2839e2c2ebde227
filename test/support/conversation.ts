import { PassThrough } from 'node:stream'
import { run } from '../../src/cli/run.ts'
import type { World } from '../../src/cli/terminal.ts'

/** Runs `rowlock` in this process as if in a terminal, with somebody who types `answer`. */
export async function converse(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  answer: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdin = terminalStream()
  const stdout = terminalStream()
  const stderr = terminalStream()
  const said = { stdout: '', stderr: '' }
  stdout.on('data', (chunk) => {
    said.stdout += chunk
  })
  stderr.on('data', (chunk) => {
    said.stderr += chunk
    if (String(chunk).includes('Type "yes"')) stdin.write(`${answer}\n`)
  })
  const streams = { stdin, stdout, stderr } as unknown as World
  const code = await run({ ...streams, argv: args, environment })
  return { code, ...said }
}

/** What a terminal has beyond a stream, as far as commands look at it. */
function terminalStream(): PassThrough {
  return Object.assign(new PassThrough(), {
    isTTY: true,
    columns: 80,
    hasColors: () => false,
    getColorDepth: () => 1,
  })
}
