/** A campaign that was stopped goes on where it was, and never adds up figures of other code. */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { OtherCode, openState, saveState } from '../../scripts/campaign/campaign-state.ts'
import { codeDigest } from '../../scripts/campaign/code-digest.ts'

const directory = await mkdtemp(join(tmpdir(), 'rowlock-campaign-state-'))
after(() => rm(directory, { recursive: true, force: true }))

test('what was saved is there again, with its own seed', async () => {
  const place = join(directory, 'stopped')
  const fresh = await openState(place, 'first')
  assert.equal(fresh.totals.rounds, 0)
  const totals = { ...fresh.totals, rounds: 7, histories: 42 }
  await saveState(place, { ...fresh, totals, starts: 1, seconds: 90 })
  const again = await openState(place, 'second')
  assert.deepEqual(again, { ...fresh, totals, starts: 1, seconds: 90 })
})

test('figures of other code are refused', async () => {
  const place = join(directory, 'old')
  await saveState(place, { ...(await openState(place, 'first')), code: 'of-last-week' })
  await assert.rejects(openState(place, 'first'), OtherCode)
})

test('the code is another when a file of it changes, comes, goes or is renamed', async () => {
  const root = join(directory, 'code')
  const write = async (path: string, text: string) => {
    await mkdir(join(root, path, '..'), { recursive: true })
    await writeFile(join(root, path), text)
  }
  for (const part of ['sql/functions/a.sql', 'src/b.ts', 'verify/c.ts', 'rig/d.ts']) {
    await write(part, part)
  }
  await write('scripts/campaign/e.ts', 'e')
  await write('package-lock.json', '{}')
  const digests = [await codeDigest(root)]
  await write('docs/read.md', 'of no account')
  assert.equal(await codeDigest(root), digests[0])
  await write('sql/functions/a.sql', 'changed')
  digests.push(await codeDigest(root))
  await write('src/deep/f.ts', 'new')
  digests.push(await codeDigest(root))
  await rm(join(root, 'verify/c.ts'))
  digests.push(await codeDigest(root))
  await rm(join(root, 'rig/d.ts'))
  await write('rig/g.ts', 'rig/d.ts')
  digests.push(await codeDigest(root))
  await write('package-lock.json', '{ }')
  digests.push(await codeDigest(root))
  assert.equal(new Set(digests).size, digests.length)
})
