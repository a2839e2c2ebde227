import type { CyclesJob, JobResult } from '../load/jobs.ts'
import type { Stage } from './stage.ts'

const CONNECTIONS = 64
const SEATS = 20_000
const WEBHOOKS = 50
const WARM_SECONDS = 1

/**
 * Measures what sales cost with no webhook, and with 50 that are told of everything: one after the
 * other on the same server, again and again, so that whatever slows the machine slows both.
 */
export async function hotPath(stage: Stage, rounds: number, seconds: number): Promise<void> {
  const { world } = stage
  const server = await world.newServer()
  const operator = stage.operator(server)
  const rates: Record<0 | typeof WEBHOOKS, JobResult[]> = { 0: [], [WEBHOOKS]: [] }
  const urls = await stage.receivers('good', WEBHOOKS)
  for (let round = 0; round < rounds; round++) {
    for (const count of [0, WEBHOOKS] as const) {
      const webhooks = await Promise.all(
        urls.slice(0, count).map((url) => operator.createWebhook({ url })),
      )
      // One after the other: none may sell out what a second needs.
      const shows = await world.shows(WARM_SECONDS + Math.ceil(seconds), SEATS)
      const job: CyclesJob = {
        kind: 'cycles',
        ports: [server.port],
        connections: CONNECTIONS,
        shows,
        spread: 'one',
        seatsPerHold: 3,
        warmSeconds: WARM_SECONDS,
        seconds,
      }
      rates[count].push(await world.generator().ask<JobResult>(job))
      await Promise.all(webhooks.map(({ id }) => operator.deleteWebhook(id)))
    }
  }
  console.log('\n| webhooks | cycles/s, round by round | p50 / p99 of a hold, ms |\n|--:|---|---|')
  for (const count of [0, WEBHOOKS] as const) {
    const each = rates[count].map((result) => (result.count / result.seconds).toFixed(0))
    const times = rates[count].map(({ latency }) => {
      return `${latency.p50.toFixed(1)} / ${latency.p99.toFixed(1)}`
    })
    console.log(`| ${count} | ${each.join(', ')} | ${times.join(', ')} |`)
  }
  await server.child.stop()
}
