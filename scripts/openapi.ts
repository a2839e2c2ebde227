/** Writes `openapi.json`, or with `--check` says whether it is what the routes describe. */
import { readFile, writeFile } from 'node:fs/promises'
import { openapiDocument } from '../src/server/index.ts'

const file = new URL('../openapi.json', import.meta.url)
const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
const text = `${JSON.stringify(await openapiDocument(manifest.version), null, 2)}\n`

if (!process.argv.includes('--check')) {
  await writeFile(file, text)
} else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
  console.error('openapi.json is not what the routes describe. Run: npm run openapi')
  process.exitCode = 1
}
