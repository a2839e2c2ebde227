import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { PLAN_SHAPES, parsePlan } from '../../src/plans/index.ts'
import { PLAN_EXPORT_FORMATS, type Plan, type Venue } from '../../src/protocol/index.ts'
import { environmentOf } from '../support/command-line.ts'
import { rowlockHere } from '../support/conversation.ts'
import { useTestDatabase } from '../support/database.ts'

const database = await useTestDatabase('generate plan')
const directory = await mkdtemp(join(tmpdir(), 'rowlock-generate-'))
after(() => rm(directory, { recursive: true, force: true }))

const ZONE = ['--time-zone', 'Europe/Paris']
const generate = (...args: string[]) => rowlockHere(['plan', 'generate', ...args])

describe('rowlock plan generate', () => {
  for (const [index, shape] of PLAN_SHAPES.entries()) {
    const format = PLAN_EXPORT_FORMATS[index % PLAN_EXPORT_FORMATS.length] ?? 'rowlock'
    it(`writes the shape ${shape} as ${format}, which can be read again`, async () => {
      const { code, stdout, stderr } = await generate(
        ...['--shape', shape, '--seats', '321', '--format', format],
      )
      assert.equal(code, 0, stderr)
      assert.equal(parsePlan(format, stdout).seats.length, 321)
    })
  }

  it('writes a stadium of 80,000 seats into a file, under a name', async () => {
    const file = join(directory, 'stadium.json')
    const result = await generate(
      ...['--shape', 'stadium', '--seats', '80000', '--name', 'Olympia', '--output', file],
    )
    assert.match(result.stdout, /^Wrote Olympia, 80000 seats in \d+ sections, to /)
    const plan = parsePlan('rowlock', await readFile(file, 'utf8'))
    assert.equal(plan.name, 'Olympia')
    assert.equal(plan.seats.length, 80_000)
  })

  it('stores it at a venue; once more is the same plan', async () => {
    const args = [
      'plan',
      'generate',
      '--seats',
      '200',
      '--venue',
      'The Old House',
      ...ZONE,
      '--json',
    ]
    const store = async () => {
      const result = await rowlockHere(args, environmentOf(database))
      assert.equal(result.code, 0, result.stderr)
      return result.json<{ plan: Plan; venue: Venue }>()
    }
    const { plan, venue } = await store()
    assert.equal(plan.seatCount, 200)
    assert.equal(venue.name, 'The Old House')
    assert.deepEqual(await store(), { plan, venue })
  })

  it('refuses what cannot be', async () => {
    const both = await generate('--venue', 'Here', '--output', 'there.json')
    assert.equal(both.code, 2)
    assert.match(both.stderr, /--venue to store the plan, or --output to write it/)
    const tooMany = await generate('--seats', '100001')
    assert.equal(tooMany.code, 2)
    assert.match(tooMany.stderr, /whole number from 1 to 100000/)
  })
})
