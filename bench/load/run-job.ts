import type { HttpConnection } from '../../rig/index.ts'
import type {
  BestJob,
  CreateShowsJob,
  CrowdJob,
  CyclesJob,
  EchoJob,
  Job,
  JobResult,
  OneSeatJob,
  ReadsJob,
  Timed,
  VisitsJob,
} from './jobs.ts'
import { repeatFor } from './repeat-for.ts'
import { connectTo, toRequest } from './request.ts'
import { buy, keyed, readLabels } from './run-cycles.ts'
import { runOpen } from './run-open.ts'
import { SeatSupply } from './seat-supply.ts'
import { expectStatus, Tally } from './tally.ts'

/** Does a job. Rejects when an answer is wrong, or refused where nothing may be refused. */
export async function runJob(job: Job): Promise<JobResult> {
  switch (job.kind) {
    case 'cycles':
      return runCycles(job)
    case 'open':
      return runOpen(job)
    case 'crowd':
      return runCrowd(job)
    case 'echo':
      return runEcho(job)
    case 'one-seat':
      return runOneSeat(job)
    case 'best':
      return runBest(job)
    case 'reads':
      return runReads(job)
    case 'create-shows':
      return runCreateShows(job)
    case 'visits':
      return runVisits(job)
  }
}

async function runCycles(job: CyclesJob): Promise<JobResult> {
  const labels = await readLabels(job.ports[0] as number, job.shows[0] as string)
  const supply = new SeatSupply(job.shows, labels, job.spread, job.seatsPerHold)
  return repeat(job, (client, tally) => {
    const { show, labels: seats } = supply.next()
    return buy(client, tally, show, seats)
  })
}

function runCrowd(job: CrowdJob): Promise<JobResult> {
  const request = toRequest(job.path, job.body, job.headers)
  return repeat(job, async (client, tally) => {
    await tally.time(client.send(request))
    tally.count += 1
  })
}

function runEcho(job: EchoJob): Promise<JobResult> {
  return repeat(job, async (client, tally) => {
    expectStatus(await tally.time(client.send(keyed(job.path, job.body))), 201)
    tally.count += 1
  })
}

async function runOneSeat(job: OneSeatJob): Promise<JobResult> {
  const [label] = await readLabels(job.ports[0] as number, job.show)
  const path = `/v1/shows/${job.show}/holds`
  const body = JSON.stringify({ seats: [label] })
  const result = await repeat(job, async (client, tally) => {
    expectStatus(await tally.time(client.send(keyed(path, body))), 201, 409)
    tally.count += 1
  })
  if (result.statuses['201'] !== 1) throw new Error(`sold ${result.statuses['201']} times`)
  return result
}

async function runBest(job: BestJob): Promise<JobResult> {
  const clients = await connect(job.ports, job.connections)
  const path = `/v1/shows/${job.show}/holds`
  const body = JSON.stringify({ best: { quantity: job.quantity } })
  const requests = clients.map(() => keyed(path, body))
  const tally = new Tally()
  const labels = new Set<string>()
  try {
    await Promise.all(
      clients.map(async (client, index) => {
        const answer = await tally.time(client.send(requests[index] as string))
        if (answer.status !== 201) return
        tally.count += 1
        for (const seat of (JSON.parse(answer.text) as { seats: string[] }).seats) labels.add(seat)
      }),
    )
  } finally {
    for (const client of clients) client.close()
  }
  if (labels.size !== tally.count * job.quantity) throw new Error('a seat was held twice')
  return tally.result()
}

async function runReads(job: ReadsJob): Promise<JobResult> {
  const tags = new Map<HttpConnection, string>()
  const plain = toRequest(job.path, null)
  return repeat(job, async (client, tally) => {
    const tag = tags.get(client)
    const request = tag === undefined ? plain : toRequest(job.path, null, { 'if-none-match': tag })
    const answer = await tally.time(client.send(request))
    expectStatus(answer, 200, ...(tag === undefined ? [] : [304]))
    if (answer.status === 200 && !answer.text.endsWith('}')) throw new Error('half an answer')
    const { etag } = job.isTagged ? answer.headers : {}
    if (etag !== undefined) tags.set(client, etag)
    tally.count += 1
  })
}

async function runCreateShows(job: CreateShowsJob): Promise<JobResult> {
  const client = await connectTo(job.ports[0] as number)
  const tally = new Tally()
  const headers = { authorization: `Bearer ${job.operatorKey}` }
  try {
    for (const key of job.keys) {
      const body = {
        key,
        title: key,
        startsAt: '2030-01-01T20:00:00Z',
        plan: job.plan,
        confirmBy: 'holder',
      }
      const request = toRequest('/v1/shows', JSON.stringify(body), headers)
      expectStatus(await tally.time(client.send(request)), 201)
      tally.count += 1
    }
  } finally {
    client.close()
  }
  return tally.result()
}

async function runVisits(job: VisitsJob): Promise<JobResult> {
  const labels = await readLabels(job.ports[0] as number, job.shows[0] as string)
  const clients = await connect(job.ports, job.connections)
  const tally = new Tally()
  const shows = job.shows.values()
  const visit = async (client: HttpConnection) => {
    for (const show of shows) {
      const path = `/v1/shows/${show}/availability`
      expectStatus(await client.send(toRequest(path, null)), 200)
      await buy(client, tally, show, labels.slice(0, 3))
    }
  }
  try {
    await Promise.all(clients.map(visit))
    return tally.result()
  } finally {
    for (const client of clients) client.close()
  }
}

/** Does a step on every connection, again and again, until the time is over. */
async function repeat(
  job: Timed & { ports: readonly number[]; connections: number },
  step: (client: HttpConnection, tally: Tally) => Promise<void>,
): Promise<JobResult> {
  const clients = await connect(job.ports, job.connections)
  try {
    return await repeatFor(job, clients, step)
  } finally {
    for (const client of clients) client.close()
  }
}

/** Connections, in turn to each of the servers. */
function connect(ports: readonly number[], count: number): Promise<HttpConnection[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => connectTo(ports[index % ports.length] as number)),
  )
}
