/**
 * `npm run costs`: what a request of each operation costs the server's processor at worst, good or
 * refused, and what share of a core one caller may so take within its budget. Writes the table of
 * docs/operating/costs.md with `--write`; ends with 1 where a stranger may take more than a tenth.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import {
  isWrite,
  OPERATION_IDS,
  type OperationId,
  specOf,
} from '../src/protocol/operations/index.ts'
import { LIMITS_USUAL } from '../src/server/index.ts'
import { priceOf, seatPriceOf } from '../src/server/limits/price.ts'
import { dearestRequests } from './costs/dearest.ts'
import { hostileBodies } from './costs/hostile.ts'
import { specialRequests } from './costs/special-requests.ts'
import { type Sent, World } from './costs/world.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    only: { type: 'string' },
    rounds: { type: 'string', default: '12' },
    seats: { type: 'string', default: '80000' },
    write: { type: 'boolean', default: false },
  },
})
const ROUNDS = Number(values.rounds)
const WARM_UP = 2
/** After the answer: what is told to streams belongs to the request, too. */
const SETTLE_MS = 20
/** The machine may be slow; the script ends all the same, and says what it did not come to. */
const ENDS_AT = performance.now() + Number(values.minutes) * 60_000
/** Share of one core, for one caller whom nobody knows. */
const SHARE_MAX = 0.1
const DOCUMENT = new URL('../docs/operating/costs.md', import.meta.url)

interface Spent {
  readonly all: number
  readonly serving: number
}

interface Cost {
  readonly id: OperationId
  readonly request: string
  readonly status: number
  readonly units: number
  /** Milliseconds of all threads, and of the one that serves. */
  readonly allMs: number
  readonly servingMs: number
}

const child = fork(new URL('costs/server.ts', import.meta.url), { stdio: 'inherit' })
const [{ url }] = (await once(child, 'message')) as [{ url: string }]
/** By a name, to which passkeys can be bound. */
const world = new World(url.replace('127.0.0.1', 'localhost'), Number(values.seats))

async function spent(): Promise<Spent> {
  child.send('spent')
  const [answer] = (await once(child, 'message')) as [Spent]
  return answer
}

/** Measures what asking for the time and waiting costs, which is in every figure. */
async function idle(): Promise<Spent> {
  const rounds = 50
  let all = 0
  let serving = 0
  for (let round = 0; round < rounds; round++) {
    const from = await spent()
    await setTimeout(SETTLE_MS)
    const to = await spent()
    all += to.all - from.all
    serving += to.serving - from.serving
  }
  return { all: all / rounds, serving: serving / rounds }
}

interface Measured {
  readonly name: string
  readonly make: () => Promise<Sent>
  readonly rounds?: number
}

async function measure(
  id: OperationId,
  { name, make, rounds }: Measured,
  base: Spent,
): Promise<Cost> {
  let all = 0
  let serving = 0
  let status = 0
  let units = 0
  const count = rounds ?? ROUNDS
  for (let round = rounds === undefined ? -WARM_UP : 0; round < count; round++) {
    const sent = await make()
    units = unitsOf(id, sent)
    const from = await spent()
    status = (await world.send(sent)).status
    await setTimeout(SETTLE_MS)
    const to = await spent()
    if (round < 0) continue
    all += to.all - from.all - base.all
    serving += to.serving - from.serving - base.serving
  }
  const ms = (sum: number) => Math.max(0, sum / count / 1000)
  return { id, request: name, status, units, allMs: ms(all), servingMs: ms(serving) }
}

/** Counts what the request takes of its caller's budget. */
function unitsOf(id: OperationId, { path, headers, body }: Sent): number {
  const spec = specOf(id)
  const query = Object.fromEntries(new URL(path, url).searchParams)
  const told = { ...headers, 'content-length': String(Buffer.byteLength(body ?? '')) }
  const known = priceOf(spec, { query, headers: told }, Number.POSITIVE_INFINITY)
  const wanted = parsed(body)
  return known + (spec.body?.safeParse(wanted).success ? seatPriceOf(spec, wanted) : 0)
}

/** Null for what is no JSON. What is refused for its form is so before its seats are counted. */
function parsed(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? 'null')
  } catch {
    return null
  }
}

/** The good request, those that we know to be dear, and where there is a body the worst ones. */
async function costsOf(id: OperationId, base: Spent): Promise<Cost[]> {
  const spec = specOf(id)
  await world.renew()
  if (/\{(?:hold|booking|block)\}|\/(?:holds|bookings|blocks)$/.test(spec.path))
    await world.openShow()
  else world.openHouse()
  const make = dearestRequests(world)[id]
  const requests: Measured[] = [{ name: 'good', make }, ...(specialRequests(world)[id] ?? [])]
  if (isWrite(spec) && spec.body !== undefined && !spec.isFile) {
    const example = await make()
    for (const [name, body] of Object.entries(hostileBodies(spec.body))) {
      requests.push({ name, make: async () => ({ ...example, body }) })
    }
  }
  const costs: Cost[] = []
  for (const request of requests) costs.push(await measure(id, request, base))
  return costs
}

/** Units a second that callers may spend who are only as well known as the operation asks. */
function budgetOf(id: OperationId): { who: string; perSecond: number } {
  const { roles } = specOf(id)
  const { anonymous, user, boxOffice, partner } = LIMITS_USUAL.requests
  if (roles.anonymous) return { who: 'anybody', perSecond: anonymous / 60 }
  if (roles.user) return { who: 'a user', perSecond: user / 60 }
  if (roles.box_office || roles.operator) return { who: 'staff', perSecond: boxOffice / 60 }
  return { who: 'a key', perSecond: partner / 60 }
}

function rowOf(costs: readonly Cost[]): { text: string; share: number; isStranger: boolean } {
  const perUnit = ({ allMs, units }: Cost) => allMs / units
  const worst = costs.reduce((one, other) => (perUnit(one) >= perUnit(other) ? one : other))
  const good = costs[0] as Cost
  const { who, perSecond } = budgetOf(worst.id)
  const share = (perUnit(worst) / 1000) * perSecond
  const cells = [
    `\`${worst.id}\``,
    good.allMs.toFixed(1),
    worst.allMs.toFixed(1),
    worst.servingMs.toFixed(1),
    `${worst.request}, ${worst.status}`,
    String(worst.units),
    who,
    `${(share * 100).toFixed(1)} %`,
  ]
  return {
    text: `| ${cells.join(' | ')} |`,
    share,
    isStranger: who === 'anybody' || who === 'a user',
  }
}

async function run(): Promise<boolean> {
  await world.build()
  const base = await idle()
  const only = values.only?.split(',')
  const rows: string[] = []
  let isGood = true
  for (const id of OPERATION_IDS.filter((each) => only?.includes(each) ?? true)) {
    const row = await tryRow(id, base)
    if (!row.isGood) isGood = false
    console.log(row.isGood ? row.text : `${row.text} too much`)
    rows.push(row.text)
  }
  if (values.write) await writeTable(rows)
  return isGood
}

/** One operation that cannot be measured does not take the others' figures with it. */
async function tryRow(id: OperationId, base: Spent): Promise<{ text: string; isGood: boolean }> {
  const without = (why: string) => ({ text: `| \`${id}\` | ${why} | | | | | | |`, isGood: false })
  if (performance.now() > ENDS_AT) return without('not measured: no time left')
  try {
    const { text, share, isStranger } = rowOf(await costsOf(id, base))
    return { text, isGood: !isStranger || share <= SHARE_MAX }
  } catch (error) {
    console.error(error)
    return without('not measured')
  }
}

/** With `--only`, the rows of the other operations stay as they are. */
function merged(current: string, rows: readonly string[]): string[] {
  const idOf = (row: string) => /^\| `(\w+)`/.exec(row)?.[1] ?? ''
  const byId = new Map(
    [...current.split('\n'), ...rows].filter(idOf).map((row) => [idOf(row), row]),
  )
  return OPERATION_IDS.flatMap((id) => byId.get(id) ?? [])
}

async function writeTable(rows: readonly string[]): Promise<void> {
  const text = await readFile(DOCUMENT, 'utf8')
  const [before = '', rest = ''] = text.split('<!-- table -->\n')
  const [current = '', after = ''] = rest.split('<!-- end of table -->\n')
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`
  const head = [
    `Measured with ${values.seats} seats on ${machine}.`,
    '',
    '| operation | good, ms | worst, ms | of the serving thread | worst request | units | for ' +
      '| share of a core |',
    '|---|--:|--:|--:|---|--:|---|--:|',
  ]
  const table = [...head, ...merged(current, rows), ''].join('\n')
  await writeFile(DOCUMENT, `${before}<!-- table -->\n${table}<!-- end of table -->\n${after}`)
}

process.exitCode = 1
try {
  if (await run()) process.exitCode = 0
} finally {
  child.send('end')
  await once(child, 'exit')
}
