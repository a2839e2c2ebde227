import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { COSTS, estimateCapacity, type OnSale } from '../../src/cli/capacity/estimate.ts'
import { rowlockHere } from '../support/conversation.ts'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8')

const SALE: OnSale = {
  shoppers: 100_000,
  seats: 20_000,
  seatsPerOrder: 2,
  minutes: 10,
  looks: 3,
  tries: 2,
  listeners: 10_000,
  shows: 1,
}

interface Figure {
  readonly id: string
  readonly median: number
}

/** The estimate tells two from twenty: so its costs need not change with every run. */
function assertNear(cost: number, measured: number, what: string): void {
  const ratio = cost / measured
  assert.ok(ratio > 2 / 3 && ratio < 3 / 2, `${what}: ${cost} here, ${measured} there`)
}

test('costs are those that the published benchmark measured', async () => {
  const page = (await read('docs/benchmark.md')).replaceAll(/\s+/g, ' ')
  const [, path = ''] = page.match(/\]\(\.\.\/(bench\/results\/[\w-]+\.json)\)/) ?? []
  const { figures } = JSON.parse(await read(path)) as { figures: Figure[] }
  const of = (id: string) => figures.find((figure) => figure.id === id)?.median ?? Number.NaN
  const looks = of('f.20000.quiet.availability.rate')
  assertNear(COSTS.cyclesPerSecondOfOneShow, of('c.one.256.rate'), 'one hot show')
  assertNear(COSTS.perRefusal, 2e6 / of('d.rate'), 'a refusal')
  // Cores in use, as the page has them.
  const [, servers, database] =
    page.match(/\| availability of 20,000 seats \| ([\d.]+) \| ([\d.]+) /) ?? []
  assertNear(COSTS.serverPerLook, (Number(servers) * 1e6) / looks, 'a look, server')
  assertNear(COSTS.databasePerLook, (Number(database) * 1e6) / looks, 'a look, database')
  const micros = (pattern: RegExp) => Number(page.match(pattern)?.[1]?.replace(',', ''))
  assertNear(COSTS.databasePerCycle, micros(/the database takes ([\d,]+) µs/), 'a cycle, database')
  assertNear(COSTS.serverPerCycle, micros(/the server ([\d,]+) µs/), 'a cycle, server')
  const alone = micros(/our kernel takes ([\d,]+) µs/)
  assertNear(COSTS.databasePerCycleUnbatched, alone, 'a cycle without a batch')
})

test('costs of the log are those of one show in the table, within a tenth', async () => {
  const rows = (await read('docs/operating/capacity.md')).matchAll(
    /^\| (\d+) \| (\d) \| 1 \| 0 \| no \| ([\d,]+) \| [\d.]+ \| ([\d,]+) \|$/gm,
  )
  const measured = [...rows].map((row) => row.slice(1).map((cell) => Number(cell.replace(',', ''))))
  assert.ok(measured.length >= 4)
  for (const [, seats = 0, log = 0, kept = 0] of measured) {
    const cycle = COSTS.logBytesPerCycle + COSTS.logBytesPerSeat * seats
    assert.ok(Math.abs(cycle / log - 1) < 0.1, `${cycle} and ${log}`)
    const size = COSTS.keptBytesPerCycle + COSTS.keptBytesPerSeat * seats
    assert.ok(Math.abs(size / kept - 1) < 0.1, `${size} and ${kept}`)
  }
})

test('more of anything never takes less', () => {
  const base = estimateCapacity(SALE)
  for (const name of ['shoppers', 'looks', 'tries', 'listeners'] as const) {
    const more = estimateCapacity({ ...SALE, [name]: SALE[name] * 10 })
    for (const part of ['servers', 'serverCores', 'databaseCores', 'logMegabytes'] as const) {
      assert.ok(more[part] >= base[part], `${part} with more ${name}`)
    }
  }
})

test('nobody buys what is not there, and there are two servers at least', () => {
  const few = estimateCapacity({ ...SALE, shoppers: 1, listeners: 0 })
  assert.equal(few.ordersPerSecond * 600, 1)
  assert.equal(few.servers, 2)
  const many = estimateCapacity({ ...SALE, shoppers: 1_000_000 })
  assert.equal(many.ordersPerSecond * 600, SALE.seats / SALE.seatsPerOrder)
})

test('the page shows what the command says', async () => {
  const page = await read('docs/operating/capacity.md')
  const number = (text: string | undefined) => (text ?? '').replaceAll(',', '')
  const rows = page.matchAll(/^\| ([\d,]{6,}) \| ([\d,]+) \| (.*) \|$/gm)
  let count = 0
  for (const [, shoppers, seats, cells = ''] of rows) {
    const args = ['capacity', '--shoppers', number(shoppers), '--seats', number(seats)]
    const { code, stdout } = await rowlockHere(args, {})
    assert.equal(code, 0)
    const said = new Map(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split(/ {2,}/))
        .map(([what = '', takes = '']) => [what.trim(), takes.replace(/ MB$|\/s$/, '').trim()]),
    )
    const names = [
      ...['orders', 'refusals', 'looks', 'events to listeners', 'servers, of one core each'],
      ...['cores of the database', 'connections to it', 'log, altogether'],
    ]
    assert.deepEqual(
      cells.split(' | '),
      names.map((name) => said.get(name)),
    )
    count += 1
  }
  assert.equal(count, 4)
})

test('a show that cannot sell that fast is told, and numbers come as JSON', async () => {
  const args = ['capacity', '--shoppers', '9000000', '--seats', '9000000', '--minutes', '1']
  const { code, stdout, stderr } = await rowlockHere([...args, '--json'], {})
  assert.equal(code, 0)
  assert.match(stderr, /cannot sell that fast/)
  assert.ok(JSON.parse(stdout).hotShowShare > 1)
  assert.equal((await rowlockHere(['capacity', '--seats', '10'], {})).code, 2)
})
