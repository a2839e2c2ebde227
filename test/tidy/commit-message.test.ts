import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { ROOT_DIR } from './rules/source-file.ts'

const directory = mkdtempSync(join(tmpdir(), 'rowlock-commits-'))
after(() => rmSync(directory, { recursive: true, force: true }))
const git = (...words: string[]) => spawnSync('git', words, { cwd: directory, encoding: 'utf8' })
git('init', '--quiet')

/** Tells what the hook says to a message where so many lines change; null when it lets it pass. */
function check(message: string, lines: number): string | null {
  writeFileSync(join(directory, 'message'), message)
  writeFileSync(join(directory, 'changed'), 'line\n'.repeat(lines))
  git('add', 'changed')
  const hook = join(ROOT_DIR, '.githooks/commit-msg')
  const { status, stderr } = spawnSync(hook, ['message'], { cwd: directory, encoding: 'utf8' })
  return status === 0 ? null : stderr.trim()
}

const WHY = '\n\nBecause it was wrong.\n'

describe('the check of commit messages', { skip: process.platform === 'win32' }, () => {
  it('lets pass what says why, and what changes little', () => {
    assert.equal(check(`engine: a lane waits for nothing${WHY}`, 40), null)
    assert.equal(check('engine, sql: a word\n', 9), null)
  })

  it('refuses a larger change without a body, a long subject, and one without a layer', () => {
    assert.match(check('engine: a lane waits for nothing\n', 10) ?? '', /10 lines change/)
    assert.match(check(`engine: ${'x'.repeat(65)}${WHY}`, 1) ?? '', /73 columns/)
    assert.match(check(`A lane waits${WHY}`, 1) ?? '', /begin with a layer/)
  })
})
