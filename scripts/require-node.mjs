/** Before anything that an older Node could not even read: a sentence instead of a stack trace. */
import { readFileSync } from 'node:fs'

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const numbersOf = (text) => text.match(/\d+/g).map(Number)
const [major, minor] = numbersOf(process.versions.node)
const [majorMin, minorMin] = numbersOf(engines.node)

if (major < majorMin || (major === majorMin && minor < minorMin)) {
  console.error(
    `Rowlock needs Node.js ${engines.node.replace('>=', '')} or later; this is ` +
      `${process.versions.node}. On Linux and Windows "npm ci" brings it along.`,
  )
  process.exitCode = 2
}
