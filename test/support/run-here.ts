import { PassThrough } from 'node:stream'
import type { ReadStream, WriteStream } from 'node:tty'
import { run } from '../../src/cli/run.ts'
import type { CommandResult } from './command-line.ts'

/** Runs `rowlock` with these arguments in this process, which takes less than one of its own. */
export async function runHere(
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const told = { stdout: '', stderr: '' }
  stdout.setEncoding('utf8').on('data', (text) => {
    told.stdout += text
  })
  stderr.setEncoding('utf8').on('data', (text) => {
    told.stderr += text
  })
  const code = await run({
    argv,
    environment,
    stdin: stdin as unknown as ReadStream,
    stdout: stdout as unknown as WriteStream,
    stderr: stderr as unknown as WriteStream,
  })
  await new Promise(setImmediate)
  return { code, ...told, json: () => JSON.parse(told.stdout) }
}
