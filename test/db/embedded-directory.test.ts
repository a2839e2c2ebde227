import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, lstat, mkdir, readdir, realpath, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { chooseAccount } from '../../src/db/embedded/account.ts'
import { findBinaries, findPackage } from '../../src/db/embedded/binaries.ts'
import { DataDirectoryError } from '../../src/db/embedded/data-directory.ts'
import { lockDirectory } from '../../src/db/embedded/directory-lock.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import { spawnEmbedded, useDirectory, useEmbedded } from '../support/embedded.ts'

const isRoot = process.getuid?.() === 0
/** A user that every system has, and that is not chosen for PostgreSQL. */
const DAEMON = 1
const asRoot = { skip: isRoot ? false : 'needs root' }

async function ask(config: object, text: string): Promise<unknown> {
  const client = await connectClient(config)
  const { rows } = await client.query({ text, rowMode: 'array' })
  await client.end()
  return rows.flat()[0]
}

test('a data directory whose path is too long for a socket works', async (t) => {
  const dataDir = join(await useDirectory(t), 'x'.repeat(60), "it's a, 'long' \"path\" $HOME")
  const first = await startEmbedded({ dataDir })
  const socketDir = first.ownerConfig.host ?? ''
  assert.ok(!socketDir.startsWith(dataDir))
  assert.equal((await lstat(socketDir)).mode & 0o777, 0o700)
  assert.equal(await ask(first.ownerConfig, 'select 42'), 42)
  await first.stop()
  await assert.rejects(lstat(socketDir), { code: 'ENOENT' })
})

test('a database with a socket elsewhere is adopted, too', async (t) => {
  const dataDir = join(await useDirectory(t), 'x'.repeat(80))
  const killed = await spawnEmbedded(dataDir)
  killed.process.kill('SIGKILL')
  await once(killed.process, 'exit')
  const next = await useEmbedded(t, { dataDir })
  assert.equal(next.adopted, true)
  assert.equal(next.ownerConfig.host, killed.report.ownerConfig.host)
})

test('a directory that has other things in it is refused and left alone', async (t) => {
  const dataDir = await useDirectory(t)
  await writeFile(join(dataDir, 'thesis.txt'), 'years of work')
  const before = await lstat(dataDir)
  await assert.rejects(startEmbedded({ dataDir }), DataDirectoryError)
  const now = await lstat(dataDir)
  assert.deepEqual([now.uid, now.mode], [before.uid, before.mode])
  assert.deepEqual(await readdir(dataDir), ['thesis.txt'])
})

test('a path that cannot be a directory is a clear error, and soon', async (t) => {
  const file = join(await useDirectory(t), 'file')
  await writeFile(file, '')
  // Below /proc nothing can be made, and the system says that /proc itself is missing.
  for (const dataDir of [file, join(file, 'below'), '/proc/rowlock']) {
    await assert.rejects(startEmbedded({ dataDir }), (error: Error) => {
      assert.ok(error instanceof DataDirectoryError, String(error))
      return error.message.startsWith(`${dataDir} cannot be a data directory`)
    })
  }
})

test('data of another major version is refused', async (t) => {
  const dataDir = await useDirectory(t)
  await mkdir(join(dataDir, 'pg'))
  await writeFile(join(dataDir, 'pg', 'PG_VERSION'), '12\n')
  await assert.rejects(startEmbedded({ dataDir }), /made by PostgreSQL 12/)
})

test('an initialization that was interrupted is begun again', async (t) => {
  const dataDir = await useDirectory(t)
  await mkdir(join(dataDir, 'pg.new'))
  await writeFile(join(dataDir, 'pg.new', 'PG_VERSION'), '18\n')
  const database = await useEmbedded(t, { dataDir })
  assert.equal(await ask(database.ownerConfig, 'select 42'), 42)
})

test('a lock whose pid now belongs to another process is taken over', async (t) => {
  const dataDir = await useDirectory(t)
  const path = join(dataDir, 'rowlock.lock')
  const held = await lockDirectory(dataDir, path)
  await assert.rejects(lockDirectory(dataDir, path), /in use by another Rowlock/)
  await held.release()
  const reused = { pid: process.ppid, start: 'long ago', host: hostname() }
  await writeFile(path, JSON.stringify(reused))
  await (await lockDirectory(dataDir, path)).release()
  await writeFile(path, 'half a lo')
  await (await lockDirectory(dataDir, path)).release()
})

test(
  'as root, data below a private directory is moved to where PostgreSQL can go',
  asRoot,
  async (t) => {
    const home = await useDirectory(t)
    const fallbackDir = await useDirectory(t)
    await chmod(home, 0o700)
    const messages: string[] = []
    const dataDir = join(home, 'db')
    const settings = { dataDir, fallbackDir, log: (text: string) => messages.push(text) }
    const first = await startEmbedded(settings)
    await ask(first.ownerConfig, 'create table kept as select 42 as n')
    await first.stop()
    assert.ok(first.dataDir.startsWith(fallbackDir))
    assert.equal(await realpath(dataDir), first.dataDir)
    assert.ok(messages.some((text) => text.includes('cannot be reached by')))
    const second = await useEmbedded(t, settings)
    assert.equal(await ask(second.ownerConfig, 'select n from kept'), 42)
  },
)

test('as root, existing data that PostgreSQL cannot reach is a clear error', asRoot, async (t) => {
  const home = await useDirectory(t)
  const dataDir = join(home, 'db')
  await (await startEmbedded({ dataDir })).stop()
  await chmod(home, 0o700)
  await assert.rejects(startEmbedded({ dataDir }), /chmod o\+x/)
})

test(
  'as root, programs that PostgreSQL cannot reach are copied, links and all',
  asRoot,
  async (t) => {
    const root = await useDirectory(t)
    const copyRoot = join(root, 'reachable')
    const hidden = join(root, 'hidden')
    await mkdir(copyRoot, { mode: 0o755 })
    await mkdir(hidden, { mode: 0o700 })
    const account = await chooseAccount(join(copyRoot, 'pg'))
    const messages: string[] = []
    const log = (text: string) => messages.push(text)
    const isNoLink = async (path: string) => !(await lstat(path)).isSymbolicLink()
    await cp(findPackage(), join(hidden, 'package'), { recursive: true, filter: isNoLink })
    const binaries = await findBinaries(copyRoot, account, log, join(hidden, 'package'))
    assert.ok(binaries.initdb.startsWith(copyRoot))
    assert.ok(messages.some((text) => text.includes('cannot be reached by')))
  },
)

test('as an ordinary user everything runs as that user', asRoot, async (t) => {
  const dataDir = await useDirectory(t)
  await chown(dataDir, DAEMON, DAEMON)
  const running = await spawnEmbedded(dataDir, DAEMON)
  assert.equal((await lstat(join(dataDir, 'pg'))).uid, DAEMON)
  await running.stop()
})

test('data of another user is a clear error', asRoot, async (t) => {
  const dataDir = await useDirectory(t)
  await (await startEmbedded({ dataDir })).stop()
  const child = spawn(process.execPath, ['test/support/embedded-process.ts', dataDir], {
    uid: DAEMON,
    gid: DAEMON,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  await once(child, 'close')
  assert.match(said, /belongs to another user/)
})
