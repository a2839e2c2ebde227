/** Started as root, nothing is written or believed through what the account of PostgreSQL owns. */
import assert from 'node:assert/strict'
import { chown, lstat, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { readOperatorKey } from '../../src/cli/serve/operator-key.ts'
import { chooseAccount } from '../../src/db/embedded/account.ts'
import { runProgram } from '../../src/db/embedded/run-program.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { useDirectory } from '../support/embedded.ts'

const asRoot = { skip: process.getuid?.() === 0 ? false : 'needs root' }
const SECRET = 'a file of root that must stay as it is'

async function modeOf(path: string): Promise<[number, number]> {
  const { uid, mode } = await lstat(path)
  return [uid, mode & 0o777]
}

test('the account is never nobody, and owns its two directories alone', asRoot, async (t) => {
  const dataDir = await useDirectory(t)
  const account = await chooseAccount(join(dataDir, 'pg'))
  assert.ok(account !== null && account.uid !== 0 && account.uid !== 65_534)
  await mkdir(join(dataDir, 'pg'))
  await chown(join(dataDir, 'pg'), 65_534, 65_534)
  assert.notEqual((await chooseAccount(join(dataDir, 'pg')))?.uid, 65_534)
})

test(
  'a directory of the version before becomes root’s, and links in it lead nowhere',
  asRoot,
  async (t) => {
    const [dataDir, outside] = [await useDirectory(t), await useDirectory(t)]
    const target = join(outside, 'of-root')
    await writeFile(target, SECRET, { mode: 0o600 })
    const account = await chooseAccount(join(dataDir, 'pg'))
    assert.ok(account !== null)
    await chown(dataDir, account.uid, account.gid)
    // The account knows the pid of whoever will start: it would otherwise plant a link for each.
    for (const name of ['rowlock.lock', 'operator-key']) {
      await plant(join(dataDir, `${name}.${process.pid}`), target)
    }
    await plant(join(dataDir, 'run'), outside)
    const database = await startEmbedded({ dataDir })
    const key = await readOperatorKey(null, dataDir)
    assert.deepEqual(await modeOf(dataDir), [0, 0o711])
    for (const name of ['pg', 'run']) {
      assert.deepEqual(await modeOf(join(dataDir, name)), [account.uid, 0o700], name)
    }
    assert.deepEqual(await modeOf(join(dataDir, 'operator-key')), [0, 0o600])
    assert.match(key.key, /^rlk_/)
    assert.equal(await readFile(target, 'utf8'), SECRET)

    const tries = [
      'ln -s /etc/passwd "$1/rowlock.lock.1"',
      'rm -f "$1/operator-key"',
      'mv "$1/run" "$1/run.away"',
      'echo x > "$1/operator-key"',
      'cat "$1/operator-key"',
    ]
    for (const script of tries) {
      const { ok } = await runProgram('/bin/sh', ['-c', script, 'sh', dataDir], account)
      assert.equal(ok, false, script)
    }
    await database.stop()

    // What the account owns is full of links by the next start.
    for (const name of ['pg/rowlock.conf.new', 'pg/postmaster.pid', 'run/postgres.log']) {
      await runProgram(
        '/bin/sh',
        ['-c', 'ln -sf "$1" "$2"', 'sh', target, join(dataDir, name)],
        account,
      )
    }
    await startEmbedded({ dataDir }).then(
      (again) => again.stop(),
      (error: Error) => assert.doesNotMatch(error.message, new RegExp(SECRET)),
    )
    assert.equal(await readFile(target, 'utf8'), SECRET)
    assert.deepEqual(await modeOf(target), [0, 0o600])
  },
)

test('an operator key that somebody else put there is not believed', asRoot, async (t) => {
  const dataDir = await useDirectory(t)
  const path = join(dataDir, 'operator-key')
  await writeFile(path, 'rlk_a-key-of-somebody-else\n', { mode: 0o600 })
  assert.equal((await readOperatorKey(null, dataDir)).key, 'rlk_a-key-of-somebody-else')
  await chown(path, 1, 1)
  await assert.rejects(readOperatorKey(null, dataDir), /belongs to another user/)
})

test('nor one that others may read, nor a link', async (t) => {
  const dataDir = await useDirectory(t)
  const path = join(dataDir, 'operator-key')
  await writeFile(path, 'rlk_a-key-that-others-know\n', { mode: 0o644 })
  await assert.rejects(readOperatorKey(null, dataDir), /others may read it/)
  const other = await useDirectory(t)
  await plant(join(other, 'operator-key'), path)
  await assert.rejects(readOperatorKey(null, other), /cannot be read/)
})

async function plant(path: string, target: string): Promise<void> {
  await symlink(target, path)
}
