/**
 * Writes the interfaces that the operation contract gives engine, access and SDK, as code that
 * editors can show; with `--check` says whether they are what the contract says.
 */
import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  accessInterface,
  clientInterface,
  engineInterface,
  engineOperations,
} from './interfaces/interfaces.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FILES = [
  ['src/engine/engine-operations.ts', engineInterface()],
  ['src/engine/operations/of-contract.ts', engineOperations()],
  ['src/auth/access-operations.ts', accessInterface()],
  ['src/client/client-operations.ts', clientInterface()],
] as const

for (const [path, text] of FILES) {
  const formatted = format(path, text)
  const file = new URL(`../${path}`, import.meta.url)
  if (!process.argv.includes('--check')) {
    await writeFile(file, formatted)
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== formatted) {
    console.error(`${path} is not what the contract says. Run: npm run interfaces`)
    process.exitCode = 1
  }
}

function format(path: string, input: string): string {
  const biome = fileURLToPath(import.meta.resolve('@biomejs/biome/bin/biome'))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [biome, 'check', '--write', `--stdin-file-path=${path}`],
    { cwd: ROOT, input, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
  return stdout
}
