import type { CyclesJob, JobResult } from '../load/jobs.ts'
import { Child } from '../processes/child.ts'
import type { BenchServer } from '../world.ts'
import type { Stage } from './stage.ts'

const BUSY = new URL('../processes/busy-process.ts', import.meta.url)
const CONNECTIONS = 64
const SEATS = 20_000
const WEBHOOKS = 50
const WARM_SECONDS = 1

/**
 * Measures what sales cost with no webhook, and with 50 that are told of everything: one after the
 * other on the same server, again and again, so that whatever slows the machine slows both. The
 * receivers get what nobody else wants of the processor: theirs would be another machine's. A loop
 * that does nothing, at the priority of the thread that posts, is the control: it tells what a
 * machine loses whose spare time is used at all.
 */
export async function hotPath(stage: Stage, rounds: number, seconds: number): Promise<void> {
  const { world } = stage
  const server = await world.newServer()
  const operator = stage.operator(server)
  const none: JobResult[] = []
  const many: JobResult[] = []
  const control: JobResult[] = []
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

async function sales({ world }: Stage, { port }: BenchServer, seconds: number): Promise<JobResult> {
  // One after the other: none may sell out what a second needs.
  const shows = await world.shows(WARM_SECONDS + Math.ceil(seconds), SEATS)
  const job: CyclesJob = {
    kind: 'cycles',
    ports: [port],
    connections: CONNECTIONS,
    shows,
    spread: 'one',
    seatsPerHold: 3,
    warmSeconds: WARM_SECONDS,
    seconds,
  }
  return await world.generator().ask<JobResult>(job)
}

function print(results: Record<string, readonly JobResult[]>): void {
  console.log('\n| | cycles/s, round by round | p50 / p99 of a hold, ms |\n|---|---|---|')
  for (const [name, each] of Object.entries(results)) {
    const rates = each.map(({ count, seconds }) => (count / seconds).toFixed(0))
    const times = each.map(({ latency }) => {
      return `${latency.p50.toFixed(1)} / ${latency.p99.toFixed(1)}`
    })
    console.log(`| ${name} | ${rates.join(', ')} | ${times.join(', ')} |`)
  }
}
