import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { environmentOf } from '../support/command-line.ts'
import { rowlockHere } from '../support/conversation.ts'
import { useTestDatabase } from '../support/database.ts'

const database = await useTestDatabase('cli export')
const environment = environmentOf(database)
const on = (...args: string[]) => rowlockHere(args, environment)
const directory = await mkdtemp(join(tmpdir(), 'rowlock-export-'))
after(() => rm(directory, { recursive: true, force: true }))

describe('rowlock export', () => {
  before(async () => {
    const grid = ['--rows', 'A-Z', '--seats-per-row', '100']
    const start = ['--starts-at', '2030-12-01T19:00Z']
    const { code, stderr } = await on('show', 'create', 'hamlet', ...start, ...grid)
    assert.equal(code, 0, stderr)
  })

  it('writes every seat, however many', async () => {
    const { code, stdout, stderr } = await on('export', 'hamlet', 'seats')
    assert.equal(code, 0, stderr)
    const lines = stdout.split('\r\n')
    assert.equal(lines.length, 1 + 2_600 + 1)
    assert.equal(lines[1], 'A1,,A,1,standard,available,,false,false,false')
  })

  it('writes a file, with a byte-order mark where one is wanted', async () => {
    const file = join(directory, 'bookings.csv')
    const { code, stdout, stderr } = await on(
      'export',
      'hamlet',
      'bookings',
      '--bom',
      '--output',
      file,
    )
    assert.deepEqual([code, stdout], [0, ''])
    assert.match(stderr, /Wrote .*bookings\.csv\./)
    assert.match(await readFile(file, 'utf8'), /^\uFEFFid,show,hold,seats,.*\r\n$/)
  })

  it('writes JSON line by line', async () => {
    const { stdout } = await on('export', 'hamlet', 'journal', '--json')
    const [entry] = stdout.trimEnd().split('\n')
    assert.equal(JSON.parse(String(entry)).kind, 'create')
  })

  it('refuses a show that is not there, a list that is none, and a file in no folder', async () => {
    const file = join(directory, 'none.csv')
    const unknown = await on('export', 'none', 'seats', '--output', file)
    assert.equal(unknown.code, 1)
    assert.match(unknown.stderr, /No show has the key "none"/)
    await assert.rejects(readFile(file))
    assert.equal((await on('export', 'hamlet', 'venues')).code, 2)
    const nowhere = await on(
      'export',
      'hamlet',
      'seats',
      '--output',
      join(directory, 'no', 'x.csv'),
    )
    assert.equal(nowhere.code, 2, nowhere.stderr)
    assert.match(nowhere.stderr, /^Error: .*x\.csv/)
  })
})
