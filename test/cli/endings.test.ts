import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { environmentOf, rowlock } from '../support/command-line.ts'
import { rowlockHere } from '../support/conversation.ts'
import { createEmptyDatabase, useTestDatabase } from '../support/database.ts'

const database = await useTestDatabase('cli endings')
const environment = environmentOf(database)

describe('how commands end', () => {
  for (const [what, args, message] of [
    ['an unknown command', ['chekc'], /Unknown command 'chekc'\n\(Did you mean check\?\)/],
    ['an unknown option', ['check', '--everything'], /Unknown option '--everything'/],
    ['too few arguments', ['journal'], /Missing required argument 'show'/],
    ['too many arguments', ['demo', 'now'], /Too many arguments/],
  ] as const) {
    it(`${what} is exit code 2`, async () => {
      const { code, stdout, stderr } = await rowlock(args, environment)
      assert.equal(code, 2)
      assert.equal(stdout, '')
      assert.match(stderr, message)
    })
  }

  it('a command that needs another one prints its help', async () => {
    const { code, stderr } = await rowlockHere(['plan'], environment)
    assert.equal(code, 2)
    assert.match(stderr, /^Usage: rowlock plan/)
  })

  it('a wrong configuration is exit code 2, with all that is wrong', async () => {
    const wrong = { ...environment, PORT: 'http', ROWLOCK_BATCH_MAX: '-1' }
    const { code, stderr } = await rowlockHere(['serve'], wrong)
    assert.equal(code, 2)
    assert.match(
      stderr,
      /^Error: The configuration is not valid\.\n {2}PORT must .*\n {2}ROWLOCK_BATCH_MAX must be/,
    )
    const asJson = await rowlockHere(['show', 'list', '--json'], wrong)
    assert.equal(JSON.parse(asJson.stderr).error.mistakes.length, 2)
  })

  it('a database that is not there is exit code 3', async () => {
    const nowhere = { DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/none' }
    const { code, stderr } = await rowlockHere(['show', 'list'], nowhere)
    assert.equal(code, 3)
    assert.match(stderr, /^Error: The database cannot be reached: .*ECONNREFUSED/m)
    assert.doesNotMatch(stderr, /secret/)
  })

  it('a database that does not exist is exit code 3', async () => {
    const url = database.ownerUrl.replace(database.name, 'no_such_database')
    const { code, stderr } = await rowlockHere(['check'], { DATABASE_URL: url })
    assert.equal(code, 3)
    assert.match(stderr, /database "no_such_database" does not exist/)
  })

  it('a database that could lose bookings is exit code 4, unless that is allowed', async () => {
    const { code, stderr } = await rowlockHere(['check'], { DATABASE_URL: database.ownerUrl })
    assert.equal(code, 4)
    assert.match(stderr, /lose answered bookings: fsync.*ROWLOCK_ALLOW_UNSAFE_DURABILITY=true/)
  })

  it('a database that is not migrated is exit code 4, and migrating helps', async () => {
    const empty = await createEmptyDatabase('cli migrate')
    try {
      const on = (...args: string[]) => rowlockHere(args, environmentOf(empty))
      const early = await on('show', 'list')
      assert.equal(early.code, 4)
      assert.match(early.stderr, /Run "rowlock migrate"/)
      const before = await on('migrate', '--check')
      assert.equal(before.code, 1)
      assert.match(before.stdout, /^migrations\/001_\S+ is pending/)
      const applied = await on('migrate')
      assert.equal(applied.code, 0)
      assert.match(applied.stdout, /^Applied migrations\/001/)
      assert.equal((await on('migrate', '--check')).code, 0)
      assert.equal((await on('migrate')).stdout, 'The database is up to date.\n')
      assert.equal((await on('show', 'list')).code, 0)
    } finally {
      await empty.drop()
    }
  })

  it('a user who may serve but not migrate is told what to set', async () => {
    const empty = await createEmptyDatabase('cli owner')
    try {
      const { code, stderr } = await rowlockHere(['migrate'], { DATABASE_URL: empty.serverUrl })
      assert.equal(code, 4)
      assert.match(stderr, /permission denied .*ROWLOCK_MIGRATION_URL.*grant rowlock_server/)
      const both = { DATABASE_URL: empty.serverUrl, ROWLOCK_MIGRATION_URL: empty.ownerUrl }
      assert.equal((await rowlockHere(['migrate'], both)).code, 0)
    } finally {
      await empty.drop()
    }
  })

  it('warns about a variable that is nearly right', async () => {
    const { code, stderr } = await rowlockHere(['check'], { ...environment, ROWLOCK_POOLSIZE: '3' })
    assert.equal(code, 0)
    assert.match(stderr, /^Warning: ROWLOCK_POOLSIZE is not a variable of Rowlock/)
  })

  it('colours nothing where no terminal is, or where NO_COLOR is set', async () => {
    const { stdout } = await rowlockHere(['check'], environment)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: Colours begin with one.
    assert.doesNotMatch(stdout, /\u001b/)
  })
})

describe('rowlock demo', () => {
  it('loads an empty database once', async () => {
    const first = await rowlockHere(['demo', '--json'], environment)
    assert.equal(first.code, 0, first.stderr)
    const { venues, shows } = first.json<{ venues: string[]; shows: string[] }>()
    assert.deepEqual(venues, ['Demo cinema', 'Demo theatre'])
    assert.equal(shows[0], 'avengers-2026-7pm')
    assert.ok(shows.length > 4)
    const second = await rowlockHere(['demo'], environment)
    assert.equal(second.code, 1)
    assert.match(second.stderr, /already has venues or shows/)
  })
})
