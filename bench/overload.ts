/**
 * `npm run bench:overload`: how a server answers those who watch it, and those who sell, while a
 * crowd that takes no refusal for an answer asks for more than it can do. Beside it runs a bare
 * HTTP server that nobody else asks: what that one takes is the machine's own delay.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { CrowdJob, JobResult } from './load/jobs.ts'
import { commit } from './machine.ts'
import { readOptions } from './options.ts'
import { Child } from './processes/child.ts'
import type { Probe, ProbeQuestion, ProbeResult } from './processes/probe-process.ts'
import { type BenchServer, OPERATOR_KEY, type World, withWorld } from './world.ts'

const BARE = new URL('./processes/bare-process.ts', import.meta.url)
const PROBE = new URL('./processes/probe-process.ts', import.meta.url)
const [CONNECTIONS = 2_000, SECONDS = 10] = process.argv.slice(2, 4).map(Number)
/** Numbers of the crowds below; all of them unless told otherwise. */
const ONLY = process.argv[4]?.split(',').map(Number)
const SEATS = 26_000
const EVERY_MS = 20
const SETTLE_MS = 1_000
const AS_OPERATOR = { authorization: `Bearer ${OPERATOR_KEY}` }
const BEST = JSON.stringify({ best: { quantity: 1 } })

type Ask = Pick<CrowdJob, 'path' | 'body' | 'headers'>

/**
 * Crowds, and what each does, given a show; `isLimited`: of a server that counts what each address
 * asks.
 */
const CROWDS: readonly { name: string; isLimited?: boolean; ask(show: string): Ask | null }[] = [
  { name: 'nobody', ask: () => null },
  {
    name: 'holds',
    ask: (show) => ({ path: `/v1/shows/${show}/holds`, body: BEST, headers: {} }),
  },
  {
    name: 'holds beyond a budget (429)',
    isLimited: true,
    ask: (show) => ({ path: `/v1/shows/${show}/holds`, body: BEST, headers: {} }),
  },
  {
    name: 'holds with a wrong key (401, 429)',
    isLimited: true,
    ask: (show) => ({
      path: `/v1/shows/${show}/holds`,
      body: BEST,
      headers: { authorization: 'Bearer nobody-gave-me-this-key' },
    }),
  },
  {
    name: 'availability',
    ask: (show) => ({ path: `/v1/shows/${show}/availability`, body: null, headers: {} }),
  },
  { name: 'pages that are not there', ask: () => ({ path: '/nothing', body: null, headers: {} }) },
  {
    name: 'holds by operators, never refused',
    ask: (show) => ({ path: `/v1/shows/${show}/holds`, body: BEST, headers: AS_OPERATOR }),
  },
]

const options = readOptions([])
if (options === null) throw new Error('no options')
await withWorld(options, async (world) => {
  const bare = new Child(BARE)
  const prober = new Child(PROBE)
  console.log(`commit ${commit()}, node ${process.version}, ${CONNECTIONS} connections`)
  const barePort = await bare.ask<number>(null)
  try {
    for (const crowd of CROWDS.filter((_, index) => ONLY?.includes(index) ?? true)) {
      const server = await world.newServer({ isLimited: crowd.isLimited ?? false })
      const [show = ''] = await world.shows(1, SEATS)
      const probes = probesOf(server, barePort, show)
      const { load, answers } = await measure(world, server, prober, probes, crowd.ask(show))
      print(crowd.name, load, answers)
      await server.child.stop()
    }
  } finally {
    await prober.stop()
    await bare.stop()
  }
})

function probesOf({ port }: BenchServer, barePort: number, show: string): readonly Probe[] {
  const holds = { path: `/v1/shows/${show}/holds`, body: BEST, isNew: false }
  const get = { body: null, headers: {} }
  return [
    { name: 'bare server', port: barePort, path: '/', ...get, isNew: false },
    { name: 'bare server, new connection', port: barePort, path: '/', ...get, isNew: true },
    { name: 'live', port, path: '/health/live', ...get, isNew: false },
    { name: 'live, new connection', port, path: '/health/live', ...get, isNew: true },
    { name: 'ready', port, path: '/health/ready', ...get, isNew: false },
    { name: 'health', port, path: '/health', ...get, isNew: false },
    { name: 'hold by an operator', port, ...holds, headers: AS_OPERATOR },
  ]
}

async function measure(
  world: World,
  { port }: BenchServer,
  prober: Child,
  probes: readonly Probe[],
  ask: Ask | null,
): Promise<{ load: JobResult | null; answers: ProbeResult }> {
  const timed = { warmSeconds: 0, seconds: SECONDS + SETTLE_MS / 1000 }
  const job = { kind: 'crowd', ports: [port], connections: CONNECTIONS, ...timed } as const
  const loading =
    ask === null ? null : world.generator().ask<JobResult>({ ...job, ...ask } satisfies CrowdJob)
  await delay(SETTLE_MS)
  const question: ProbeQuestion = { probes, seconds: SECONDS, everyMs: EVERY_MS }
  const answers = await prober.ask<ProbeResult>(question)
  return { load: await loading, answers }
}

function print(name: string, load: JobResult | null, answers: ProbeResult): void {
  const statuses = Object.entries(load?.statuses ?? {}).map(([status, n]) => `${n} × ${status}`)
  console.log(`\n${name}: ${statuses.join(', ') || 'nothing'} in ${SECONDS} s\n`)
  console.log('| | answers | p50 ms | p99 ms | most ms |\n|---|--:|--:|--:|--:|')
  for (const [what, { statuses: by, latency }] of Object.entries(answers)) {
    const counts = Object.entries(by).map(([status, n]) => `${n} × ${status}`)
    const times = [latency.p50, latency.p99, latency.max].map((ms) => ms.toFixed(1))
    console.log(`| ${what} | ${counts.join(', ')} | ${times.join(' | ')} |`)
  }
}
