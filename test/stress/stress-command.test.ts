import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { StressReport } from '../../stress/index.ts'
import { rowlock } from '../support/command-line.ts'
import { rowlockHere } from '../support/conversation.ts'
import { useTestDatabase } from '../support/database.ts'
import { listen, OPERATOR_KEY } from '../support/servers.ts'

const database = await useTestDatabase('stress command')
const [first, second] = await Promise.all([listen(database), listen(database)])
const directory = await mkdtemp(join(tmpdir(), 'rowlock-stress-command-'))
after(async () => {
  await Promise.all([first.close(), second.close()])
  await rm(directory, { recursive: true, force: true })
})

const SMALL = ['--shoppers', '60', '--seconds', '8', '--seats', '40', '--seed', 'small']
const SERVERS = ['--server', first.url, '--server', `${second.url}/`]
const OPERATOR = { ROWLOCK_OPERATOR_KEY: OPERATOR_KEY }

describe('rowlock stress', () => {
  it('plays on servers that run already, and writes a report', async () => {
    const file = join(directory, 'sale.html')
    const options = ['--plan', 'grid', '--database', database.ownerUrl, '--report', file, '--json']
    const result = await rowlock(['stress', ...SERVERS, ...SMALL, ...options], OPERATOR)
    assert.equal(result.code, 0, result.stderr)
    const report = result.json<StressReport>()
    assert.equal(report.verdict.isClean, true)
    assert.deepEqual(report.verdict.remarks, [])
    assert.equal(report.configuration.shopperCount, 60)
    assert.equal(report.seats.total, 40)
    assert.ok(report.bookingCount > 0)
    assert.ok(report.operations.some(({ operation, p99 }) => operation === 'holdSeats' && p99 > 0))
    assert.match(await readFile(file, 'utf8'), /<h1>On sale: Grid of 40 seats<\/h1>/)
    assert.match(result.stderr, /The seed is small\./)
  })

  it('plays a show that is there without any key, and says what it could not look at', async () => {
    const show = {
      key: 'small-show',
      title: 'Small',
      startsAt: '2030-01-01T19:00:00Z',
      confirmBy: 'holder',
    }
    await first.operator.createShow({
      ...show,
      seats: { rows: 'A-C', seatsPerRow: 10 },
      confirmBy: 'holder',
    })
    const result = await rowlock(['stress', ...SERVERS, ...SMALL, '--show', show.key])
    assert.equal(result.code, 0, result.stderr)
    assert.match(result.stdout, /✓ +1 {2}No seat is in two bookings/)
    assert.match(result.stdout, /Without the operator key nobody looked at the journal\./)
    assert.match(result.stdout, /The database was out of reach/)
  })

  for (const [what, args, message] of [
    ['an address that is none', ['--server', 'ftp://there'], /--server ftp:\/\/there is not a URL/],
    ['to kill servers of others', [...SERVERS, '--kill'], /--kill is for servers of our own/],
    [
      'servers of both kinds',
      [...SERVERS, '--servers', '2'],
      /--servers starts servers; --server names running ones/,
    ],
    ['a new show without a key', SERVERS, /A new show needs ROWLOCK_OPERATOR_KEY/],
    ['a number that is none', ['--shoppers', 'many'], /It must be a whole number/],
    [
      'a house of no known shape',
      ['--plan', 'tent'],
      /Allowed choices are grid, theatre, arena, stadium/,
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const result = await rowlockHere(['stress', ...args])
      assert.equal(result.code, 2, result.stderr)
      assert.match(result.stderr, message)
    })
  }

  it('says when there is no such show', async () => {
    const result = await rowlockHere(['stress', ...SERVERS, '--show', 'nowhere'])
    assert.equal(result.code, 1)
    assert.match(result.stderr, /There is no show "nowhere"\./)
  })
})
