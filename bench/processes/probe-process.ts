/** Asks now and then, as who watches a server does, in a process that has nothing else to do. */

import { setTimeout as delay } from 'node:timers/promises'
import type { HttpConnection } from '../../rig/index.ts'
import type { JobResult } from '../load/jobs.ts'
import { connectTo, toRequest } from '../load/request.ts'
import { Tally } from '../load/tally.ts'
import { answerParent } from './child.ts'

/** One thing to ask for. */
export interface Probe {
  readonly name: string
  readonly port: number
  readonly path: string
  /** Null: it is a GET. */
  readonly body: string | null
  readonly headers: Readonly<Record<string, string>>
  /** On a connection of its own each time, as most of those do who watch servers. */
  readonly isNew: boolean
}

/** Question to the process: to ask all of these, one every so many milliseconds. */
export interface ProbeQuestion {
  readonly probes: readonly Probe[]
  readonly seconds: number
  readonly everyMs: number
}

/** Result of each probe, by name. */
export type ProbeResult = Readonly<Record<string, JobResult>>

answerParent(async ({ probes, seconds, everyMs }: ProbeQuestion): Promise<ProbeResult> => {
  const asked = probes.map(async (probe) => [probe.name, await repeat(probe, seconds, everyMs)])
  return Object.fromEntries(await Promise.all(asked))
})

async function repeat(probe: Probe, seconds: number, everyMs: number): Promise<JobResult> {
  const tally = new Tally()
  const request = toRequest(probe.path, probe.body, probe.headers)
  const endsAt = performance.now() + seconds * 1000
  let kept: HttpConnection | null = null
  while (performance.now() < endsAt) {
    const sentAt = performance.now()
    const client: HttpConnection = kept ?? (await connectTo(probe.port))
    tally.see(await client.send(request))
    tally.record(performance.now() - sentAt)
    tally.count += 1
    if (probe.isNew) client.close()
    else kept = client
    await delay(everyMs * (0.5 + Math.random()))
  }
  kept?.close()
  return tally.result()
}
