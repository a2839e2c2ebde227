import { rename, rm, writeFile } from 'node:fs/promises'
import type { Account } from './account.ts'
import { runProgram } from './run-program.ts'

/**
 * Files inside a directory that the account of PostgreSQL owns. What root did there itself, that
 * account could lead elsewhere by a link; so it is done as the account, whose links lead only to
 * where it may go anyway.
 */

/** Writes a file in place of the one that is there. */
export async function writeAs(account: Account | null, path: string, text: string): Promise<void> {
  if (account === null) return writeFile(path, text, { mode: 0o644 })
  await shell(account, 'umask 022; printf %s "$1" > "$2"', text, path)
}

/** Writes it aside and renames it, so that it is never half there. */
export async function replaceAs(
  account: Account | null,
  path: string,
  text: string,
): Promise<void> {
  if (account !== null) {
    return shell(account, 'umask 022; printf %s "$1" > "$2.new" && mv "$2.new" "$2"', text, path)
  }
  await writeFile(`${path}.new`, text, { mode: 0o644 })
  await rename(`${path}.new`, path)
}

/** Removes a file, or a directory with all that is in it. */
export async function removeAs(account: Account | null, path: string): Promise<void> {
  if (account === null) await rm(path, { recursive: true, force: true })
  else await shell(account, 'rm -rf "$1"', path)
}

async function shell(account: Account, script: string, ...args: string[]): Promise<void> {
  const { ok, output } = await runProgram('/bin/sh', ['-c', script, 'sh', ...args], account)
  if (!ok) throw new Error(`${args.at(-1)} cannot be written: ${output}`)
}
