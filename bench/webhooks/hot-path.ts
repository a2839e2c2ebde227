import type { CyclesJob, JobResult, OpenJob } from '../load/jobs.ts'
import { Child } from '../processes/child.ts'
import type { BenchServer } from '../world.ts'
import type { Stage } from './stage.ts'

const BUSY = new URL('../processes/busy-process.ts', import.meta.url)
const CONNECTIONS = 64
const SEATS = 20_000
const WEBHOOKS = 50
const WARM_SECONDS = 1
/** Cycles a second of those that come by chance, for which the machine has time. */
const RATE = 1_000
const OPEN_CONNECTIONS = 256

interface Sales {
  /** Buyers who never pause. */
  readonly closed: JobResult
  /** Buyers who come by chance. */
  readonly open: JobResult
}

/**
 * Measures what sales cost with no webhook, and with 50 that are told of everything: one after the
 * other on the same server, again and again, so that whatever slows the machine slows both. Once as
 * much as the machine can do, and once as much as it has time for. The receivers get what nobody
 * else wants of the processor: theirs would be another machine's. A loop that does nothing, at the
 * priority of the thread that posts, is the control: it tells what a machine loses whose spare time
 * is used at all.
 */
export async function hotPath(stage: Stage, rounds: number, seconds: number): Promise<void> {
  const { world } = stage
  const server = await world.newServer()
  const operator = stage.operator(server)
  const none: Sales[] = []
  const many: Sales[] = []
  const control: Sales[] = []
  const urls = await stage.receivers('good', WEBHOOKS)
  await stage.yieldProcessor()
  const sell = () => sales(stage, server, seconds)
  for (let round = 0; round < rounds; round++) {
    none.push(await sell())
    const webhooks = await Promise.all(urls.map((url) => operator.createWebhook({ url })))
    many.push(await sell())
    await Promise.all(webhooks.map(({ id }) => operator.deleteWebhook(id)))
    const busy = new Child(BUSY)
    control.push(await sell())
    await busy.kill()
  }
  print({ 'no webhook': none, [`${WEBHOOKS} webhooks`]: many, 'a busy loop, no webhook': control })
  await server.child.stop()
}

async function sales({ world }: Stage, { port }: BenchServer, seconds: number): Promise<Sales> {
  // One after the other: none may sell out what a second needs.
  const shows = () => world.shows(WARM_SECONDS + Math.ceil(seconds), SEATS)
  const sale = {
    ports: [port],
    spread: 'one',
    seatsPerHold: 3,
    warmSeconds: WARM_SECONDS,
    seconds,
  } as const
  const closed: CyclesJob = {
    ...sale,
    kind: 'cycles',
    connections: CONNECTIONS,
    shows: await shows(),
  }
  const open: OpenJob = {
    ...sale,
    kind: 'open',
    connections: OPEN_CONNECTIONS,
    rate: RATE,
    shows: await shows(),
  }
  return {
    closed: await world.generator().ask<JobResult>(closed),
    open: await world.generator().ask<JobResult>(open),
  }
}

function print(results: Record<string, readonly Sales[]>): void {
  const heads = [
    '',
    'cycles/s, round by round',
    'p50 / p99 of a hold, ms',
    `p50 / p99 at ${RATE} cycles/s, ms`,
  ]
  console.log(`\n| ${heads.join(' | ')} |\n|${heads.map(() => '---|').join('')}`)
  for (const [name, each] of Object.entries(results)) {
    const rates = each.map(({ closed: { count, seconds } }) => (count / seconds).toFixed(0))
    const times = (which: keyof Sales) =>
      each.map((one) => {
        const { p50, p99 } = one[which].latency
        return `${p50.toFixed(1)} / ${p99.toFixed(1)}`
      })
    const cells = [name, ...[rates, times('closed'), times('open')].map((cell) => cell.join(', '))]
    console.log(`| ${cells.join(' | ')} |`)
  }
}
