/**
 * Writes the parts of the clients in other languages that follow from `openapi.json`; with
 * `--check` says whether they do. Run it after `npm run openapi`.
 */
import { readFile, writeFile } from 'node:fs/promises'
import type { ApiDocument } from './clients/api.ts'
import { phpOperations } from './clients/php.ts'
import { pythonOperations, pythonTypes } from './clients/python.ts'

const ROOT = new URL('../', import.meta.url)
const document = JSON.parse(await readFile(new URL('openapi.json', ROOT), 'utf8')) as ApiDocument
const FILES = [
  ['clients/python/rowlock/types.py', pythonTypes(document)],
  ['clients/python/rowlock/operations.py', pythonOperations(document)],
  ['clients/php/src/Operations.php', phpOperations(document)],
] as const

for (const [path, text] of FILES) {
  const file = new URL(path, ROOT)
  if (!process.argv.includes('--check')) {
    await writeFile(file, text)
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`${path} is not what openapi.json says. Run: npm run clients`)
    process.exitCode = 1
  }
}
