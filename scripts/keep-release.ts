/**
 * `npm run release:keep`: keeps functions and views of HEAD, which is released, in `test/releases`,
 * so that the next version is tested against them.
 */
import { execFileSync } from 'node:child_process'
import { keepRelease } from '../test/support/releases.ts'

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()

if (git('status', '--porcelain', 'sql') !== '') {
  console.error('sql/ differs from HEAD: commit it first.')
  process.exitCode = 1
} else {
  const { name } = await keepRelease(git('rev-parse', 'HEAD'))
  console.log(`Kept as test/releases/${name}.`)
}
