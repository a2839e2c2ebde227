import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { madeOnce } from './made-once.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const name = `test-${randomUUID()}`
const directory = await mkdtemp(join(tmpdir(), 'rowlock-made-'))
const source = join(directory, 'source.txt')
let madeCount = 0

/** Makes a copy of the source, as a test file would. */
function copy(): Promise<string> {
  return madeOnce(name, [relative(ROOT, source)], async (into) => {
    madeCount += 1
    await writeFile(join(into, 'copy.txt'), await readFile(source))
  })
}

after(() => rm(directory, { recursive: true }))

test('is made by who comes first, and again when a source has changed', async () => {
  await writeFile(source, 'one')
  const [first, second] = await Promise.all([copy(), copy()])
  assert.equal(first, second)
  assert.equal(madeCount, 1)
  await writeFile(source, 'two')
  const third = await copy()
  assert.notEqual(third, first)
  assert.equal(await readFile(join(third, 'copy.txt'), 'utf8'), 'two')
  assert.equal(madeCount, 2)
  // What was made of an older source is gone.
  assert.equal((await readdir(dirname(third))).length, 1)
  await rm(dirname(third), { recursive: true })
})

test('what could not be made is tried again', async () => {
  const broken = madeOnce(name, [], () => Promise.reject(new Error('no space')))
  await assert.rejects(broken, /no space/)
  const made = await madeOnce(name, [], (into) => writeFile(join(into, 'x'), ''))
  assert.deepEqual(await readdir(made), ['x'])
  await rm(dirname(made), { recursive: true })
})
