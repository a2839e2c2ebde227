import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Plan, Venue } from '../../src/protocol/index.ts'
import { environmentOf } from '../support/command-line.ts'
import { rowlockHere } from '../support/conversation.ts'
import { useTestDatabase } from '../support/database.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/plans/', import.meta.url))
const FILES = [
  'pretix-playhouse.json',
  'rows-and-seats.tsv',
  'sampleChart.json',
  'sampleChartWithSections.json',
  'sampleChartWithTables.json',
  'spreadsheet-semicolons.csv',
  'theatre.csv',
]

const database = await useTestDatabase('cli plans')
const environment = environmentOf(database)
const on = (...args: string[]) => rowlockHere(args, environment)
const directory = await mkdtemp(join(tmpdir(), 'rowlock-plans-'))
after(() => rm(directory, { recursive: true, force: true }))

/** Time zone of a venue that is made on the way. */
const ZONE = ['--time-zone', 'Europe/Paris']

interface Imported {
  readonly plan: Plan
  readonly venue: Venue
}

async function importPlan(...args: string[]): Promise<Imported> {
  const result = await on('plan', 'import', ...args, '--json')
  assert.equal(result.code, 0, result.stderr)
  return result.json<Imported>()
}

describe('rowlock plan', () => {
  for (const file of FILES) {
    it(`imports ${file}`, async () => {
      const { plan } = await importPlan(join(FIXTURES, file), '--venue', 'The Venue', ...ZONE)
      assert.ok(plan.seatCount > 0)
    })
  }

  for (const file of ['pretix-playhouse.json', 'sampleChartWithSections.json']) {
    it(`exports what it imported from ${file}, and imports that again`, async () => {
      const { plan } = await importPlan(join(FIXTURES, file), '--venue', 'The Venue', ...ZONE)
      const copy = join(directory, `${file}.rowlock.json`)
      const exported = await on('plan', 'export', plan.id, '--output', copy)
      assert.equal(exported.stdout, `Wrote ${copy}.\n`)
      const again = await importPlan(copy, '--venue', 'The Venue', ...ZONE)
      assert.equal(again.plan.seatCount, plan.seatCount)
      assert.deepEqual(again.plan.sections, plan.sections)
    })
  }

  it('made one venue of one name', async () => {
    const first = await importPlan(join(FIXTURES, 'theatre.csv'))
    assert.equal(first.venue.name, 'The Venue')
  })

  it('gives the same plan when the same file is imported once more', async () => {
    const first = await importPlan(join(FIXTURES, 'theatre.csv'))
    const second = await importPlan(join(FIXTURES, 'theatre.csv'))
    assert.equal(second.plan.id, first.plan.id)
  })

  it('exports to standard output, as CSV or for pretix', async () => {
    const { plan } = await importPlan(join(FIXTURES, 'theatre.csv'))
    const csv = await on('plan', 'export', plan.id, '--format', 'csv')
    assert.equal(csv.stdout.trim().split('\n').length, plan.seatCount + 1)
    const pretix = await on('plan', 'export', plan.id, '--format', 'pretix')
    assert.ok(Array.isArray(pretix.json<{ zones: unknown }>().zones))
  })

  it('reads standard input', async () => {
    const grid = JSON.stringify({ rows: 'A-C', seatsPerRow: 4 })
    const args = ['plan', 'import', '-', '--name', 'Studio', '--json']
    const result = await rowlockHere(args, environment, { input: grid })
    const { plan } = result.json<Imported>()
    assert.deepEqual([plan.name, plan.seatCount], ['Studio', 12])
  })

  it('asks which venue is meant when there are several', async () => {
    const { venue } = await importPlan(
      join(FIXTURES, 'theatre.csv'),
      '--venue',
      'The Other Venue',
      ...ZONE,
    )
    const { code, stderr } = await on('plan', 'import', join(FIXTURES, 'theatre.csv'))
    assert.equal(code, 2)
    assert.match(stderr, /several venues/)
    assert.ok(stderr.includes(`${venue.id}  The Other Venue`))
  })

  it('names the places of mistakes, and stores nothing', async () => {
    const file = join(directory, 'wrong.csv')
    await writeFile(file, 'seat,row\nA1,A\nA1,A\n')
    const { code, stderr } = await on('plan', 'import', file, '--venue', 'Nowhere', '--json')
    assert.equal(code, 2)
    const { error } = JSON.parse(stderr)
    assert.equal(error.code, 'plan_invalid')
    assert.match(error.mistakes[0].path, /3/)
    const shown = await on('plan', 'import', file)
    assert.match(shown.stderr, /^Error: .*\n {2}\S+ /)
  })

  it('looks for mistakes without a database when it is only tried', async () => {
    const unreachable = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
    const file = join(FIXTURES, 'sampleChart.json')
    const { code, stdout } = await rowlockHere(['plan', 'import', file, '--dry-run'], unreachable)
    assert.equal(code, 0)
    assert.match(stdout, /seatsio\): no mistakes found\.\n232 seats in 2 sections and 4 rows/)
  })

  it('is told what columns are, and says what it left out', async () => {
    const file = join(directory, 'mapped.csv')
    await writeFile(file, Buffer.from('\ufeffTeil;Reihe;Nr.;Preis\nP;1;1;9\nP;1;2;9\n', 'utf16le'))
    const args = ['--column', 'section=Teil', '--ignore-unknown-columns', '--focal-point', 'top']
    const tried = await rowlockHere(['plan', 'import', file, ...args, '--dry-run'])
    assert.equal(tried.code, 0, tried.stderr)
    assert.match(
      tried.stdout,
      /2 seats in 1 section and 1 row .*\n.*Standard 2\nWarning: .*\n +Preis/,
    )
    const wrong = ['plan', 'import', file, '--column', 'sitz=Nr.', '--focal-point', 'above']
    const { code, stderr } = await rowlockHere(wrong)
    assert.equal(code, 2)
    assert.match(stderr, /--column/)
    assert.match(stderr, /--focal-point/)
  })

  for (const [what, args, message] of [
    [
      'a file that is not there',
      ['plan', 'import', 'nowhere.json'],
      /There is no file nowhere.json/,
    ],
    ['a file of no known format', ['plan', 'import', 'package.json'], /is in no format that/],
    ['a format that is not known', ['plan', 'export', 'x', '--format', 'xml'], /rowlock, csv/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { code, stderr } = await on(...args)
      assert.equal(code, 2)
      assert.match(stderr, message)
    })
  }

  it('refuses a plan that is not there', async () => {
    const { code, stderr } = await on('plan', 'export', 'plan_nowhere')
    assert.equal(code, 1)
    assert.match(stderr, /There is no such plan/)
  })

  it('has every fixture in this test', async () => {
    const text = await readFile(join(FIXTURES, 'README.md'), 'utf8')
    for (const file of FILES) assert.ok(text.includes(file), file)
  })
})
