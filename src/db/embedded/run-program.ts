import { type SpawnOptions, spawn } from 'node:child_process'
import type { Account } from './account.ts'

/** End of a program, and what it said. */
export interface ProgramResult {
  readonly ok: boolean
  /** Both streams, trimmed. */
  readonly output: string
}

/** The programs of PostgreSQL must not see PGDATA, PGOPTIONS or a locale of the caller. */
const ENVIRONMENT = { LC_ALL: 'C', LANG: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' }

/**
 * Runs a program to its end, as another user when asked. Never throws: a program that cannot be
 * started is a result, too. Waits for the exit only, not for the streams to close: a postmaster
 * may inherit them.
 */
export function runProgram(
  file: string,
  args: readonly string[],
  account: Account | null,
  cwd: string = '/',
): Promise<ProgramResult> {
  const options: SpawnOptions = { cwd, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true }
  if (process.platform !== 'win32') options.env = ENVIRONMENT
  if (account !== null) Object.assign(options, { uid: account.uid, gid: account.gid })
  return new Promise((resolve) => {
    let output = ''
    const settle = (ok: boolean) => resolve({ ok, output: output.trim() })
    const child = spawn(file, args, options)
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.once('error', (error) => {
      output += error.message
      settle(false)
    })
    child.once('close', (code) => settle(code === 0))
    child.once('exit', (code) => setTimeout(() => settle(code === 0), 500).unref())
  })
}
