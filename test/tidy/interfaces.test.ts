import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { it } from 'node:test'
import { ROOT_DIR } from './rules/source-file.ts'

it('the interfaces in the repository are those that the operation contract gives', () => {
  const check = [process.execPath, 'scripts/interfaces.ts', '--check'] as const
  const { status, stderr } = spawnSync(check[0], check.slice(1), {
    cwd: ROOT_DIR,
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
})
