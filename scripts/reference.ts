/**
 * Writes `docs/reference/configuration.md` and `docs/reference/cli.md` from the tables and the help
 * of the command line, or with `--check` says whether they are what these give.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { commandLinePage, configurationPage } from './reference-pages.ts'

const PAGES = [
  ['configuration.md', configurationPage()],
  ['cli.md', await commandLinePage()],
] as const

for (const [name, text] of PAGES) {
  const file = new URL(`../docs/reference/${name}`, import.meta.url)
  if (!process.argv.includes('--check')) {
    await writeFile(file, text)
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`docs/reference/${name} is out of date. Run: npm run reference`)
    process.exitCode = 1
  }
}
