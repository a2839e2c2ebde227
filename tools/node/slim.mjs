/**
 * Takes away what nobody needs of the Node that comes along, after `npm ci`. It is for machines
 * whose own is too old: where npm runs on one that is new enough all of it goes (189 of 346 MB),
 * and elsewhere its headers, which are for compiling add-ons (67 MB).
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url))
const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

/** Tells whether the Node that runs npm is new enough, and not the one that came along. */
function isUnneeded() {
  const runner = process.env.npm_node_execpath
  if (!runner || runner.startsWith(MODULES)) return false
  const numbersOf = (text) => text.match(/\d+/g).map(Number)
  const [major, minor] = numbersOf(execFileSync(runner, ['--version'], { encoding: 'utf8' }))
  const [majorMin, minorMin] = numbersOf(engines.node)
  return major > majorMin || (major === majorMin && minor >= minorMin)
}

function remove(path) {
  rmSync(`${MODULES}${path}`, { recursive: true, force: true })
}

const parts = isUnneeded() ? ['include', 'bin'] : ['include']
for (const platform of ['linux-x64', 'linux-arm64', 'win-x64']) {
  for (const part of parts) remove(`node-${platform}/${part}`)
}
// What npm made to call it.
if (parts.includes('bin')) for (const end of ['', '.cmd', '.ps1']) remove(`.bin/node${end}`)
