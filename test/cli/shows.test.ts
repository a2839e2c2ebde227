import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Journal, Show } from '../../src/protocol/index.ts'
import { environmentOf } from '../support/command-line.ts'
import { rowlockHere } from '../support/conversation.ts'
import { useTestDatabase } from '../support/database.ts'

const database = await useTestDatabase('cli shows')
const environment = environmentOf(database)
const on = (...args: string[]) => rowlockHere(args, environment)
const START = ['--starts-at', '2030-12-01T19:00Z']

describe('rowlock show', () => {
  it('says what to do when there is none yet', async () => {
    const { code, stdout } = await on('show', 'list')
    assert.equal(code, 0)
    assert.match(stdout, /No shows. Create one with "rowlock show create"/)
  })

  it('puts a show on sale from a grid, and the same once more is fine', async () => {
    const grid = ['--rows', 'A-E', '--seats-per-row', '10', '--max-seats-per-holder', '6']
    const args = ['show', 'create', 'hamlet', '--title', 'Hamlet', ...START, ...grid]
    const first = await on(...args, '--json')
    assert.equal(first.code, 0, first.stderr)
    const { created, show } = first.json<{ created: boolean; show: Show }>()
    assert.equal(created, true)
    assert.equal(show.seatCount, 50)
    assert.equal(show.maxSeatsPerHolder, 6)
    assert.equal(show.startsAt, '2030-12-01T19:00:00.000Z')
    const second = await on(...args)
    assert.equal(second.code, 0)
    assert.match(second.stdout, /hamlet already exists: 50 seats/)
  })

  it('refuses another show under the same key', async () => {
    const { code, stderr } = await on('show', 'create', 'hamlet', ...START, '--seats', 'A1')
    assert.equal(code, 1)
    assert.match(stderr, /^Error: The key "hamlet" already belongs to another show/)
  })

  it('takes a list of labels', async () => {
    const { code, stdout } = await on('show', 'create', 'talk', ...START, '--seats', 'A1, a2,Front')
    assert.equal(code, 0)
    assert.equal(stdout, 'talk is on sale: 3 seats, starts 2030-12-01 19:00 UTC.\n')
  })

  it('lists what is left', async () => {
    const { stdout } = await on('show', 'list')
    assert.match(stdout, /^SHOW +TITLE +STARTS +SEATS +LEFT +HELD +BOOKED\n/)
    assert.match(stdout, /^hamlet +Hamlet +2030-12-01 19:00 UTC +50 +50 +0 +0$/m)
    const { json } = await on('show', 'list', '--json', '--limit', '1')
    const { shows } = json<{ shows: (Show & { counts: { available: number } })[] }>()
    assert.equal(shows.length, 1)
    assert.equal(shows[0]?.counts.available, 50)
  })

  for (const [what, args, message] of [
    ['no seats', [], /Give --plan, or --rows and --seats-per-row, or --seats/],
    ['seats in two ways', ['--seats', 'A1', '--plan', 'plan_1'], /Give --plan/],
    ['half a grid', ['--rows', 'A-E'], /A grid needs both/],
    ['a start without an offset', ['--starts-at', '2030-12-01', '--seats', 'A1'], /--starts-at /],
    ['a number that is none', ['--seats', 'A1', '--hold-seconds', 'ten'], /whole number/],
    ['terms out of bounds', ['--seats', 'A1', '--hold-seconds', '99999'], /--hold-seconds /],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { code, stderr, stdout } = await on('show', 'create', 'new', ...START, ...args)
      assert.equal(code, 2)
      assert.match(stderr, message)
      assert.equal(stdout, '')
    })
  }

  it('names every option that is wrong', async () => {
    const args = ['show', 'create', 'bad key!', '--starts-at', 'soon', '--seats', 'A1', '--json']
    const { code, stderr } = await on(...args)
    assert.equal(code, 2)
    const { error } = JSON.parse(stderr)
    assert.equal(error.code, 'usage')
    const paths = error.mistakes.map(({ path }: { path: string }) => path)
    assert.deepEqual([...new Set(paths)], ['key', '--starts-at'])
  })
})

describe('rowlock journal', () => {
  it('prints the history of a show', async () => {
    const { code, stdout } = await on('journal', 'hamlet')
    assert.equal(code, 0)
    assert.match(stdout, /VERSION +AT +WHAT +SEATS +WHO +ID\n +1 +20.* +create +cli$/m)
    const json = (await on('journal', 'hamlet', '--json')).json<Journal>()
    assert.deepEqual(
      json.items.map(({ version, kind, actor }) => [version, kind, actor]),
      [[1, 'create', 'cli']],
    )
    assert.equal(json.next, null)
  })

  it('refuses a show that is not there', async () => {
    const { code, stderr } = await on('journal', 'macbeth')
    assert.equal(code, 1)
    assert.match(stderr, /No show has the key "macbeth"/)
  })
})
