import { readdir, readFile } from 'node:fs/promises'
import { RawClient } from '../raw-client.ts'
import { readApi } from './api-under-fuzz.ts'
import { bytesOf, describeRequest, type FuzzRequest } from './fuzz-request.ts'
import { Pool } from './pool.ts'
import { makeRequest } from './request-maker.ts'
import { PASSWORD, setStage, type Theatre } from './stage.ts'
import { offencesOf, textOf } from './verdict.ts'

/** Settings of what to attack, how long, and from which seed. */
export interface FuzzSettings {
  readonly url: string
  readonly operatorKey: string
  readonly requests: number
  readonly seed: string
  /** The only operations that are asked for; all of them when left out. */
  readonly only?: readonly string[]
  /** Told now and then how many requests have been answered. */
  readonly onProgress?: (report: FuzzReport) => void
}

/** Something that must not be, and the first request that brought it about. */
export interface Finding {
  /** Number of times that the same came of the same operation. */
  count: number
  readonly operation: string
  readonly offences: readonly string[]
  readonly request: string
  readonly answer: string
}

/**
 * Report of what came of it. Counts by operation and by status show that it reached what it should.
 */
export interface FuzzReport {
  requestCount: number
  readonly findings: Finding[]
  readonly statuses: Map<number, number>
  /** Requests of each operation that were done, not refused. */
  readonly done: Map<string, number>
}

const PLANS = new URL('../../fixtures/plans/', import.meta.url)
const CONNECTIONS = 12
/** Requests after which the stage is set anew. */
const SCENE = 600
const FINDINGS_MAX = 20
const ADDRESSES = 200

/** Sends so many requests, fewer after many findings. The stage is set through the API itself. */
export async function runFuzz(settings: FuzzSettings): Promise<FuzzReport> {
  const { url, operatorKey, seed } = settings
  const response = await fetch(`${url}/openapi.json`)
  const api = readApi(await response.json())
  const { only } = settings
  const chosen = api.operations.filter(({ id }) => only === undefined || only.includes(id))
  const attacked = { ...api, operations: chosen }
  const operations = new Set(api.operations.map(({ id }) => id))
  const theatre: Theatre = { url, operatorKey, pool: new Pool(), operations }
  theatre.pool.documents = await readPlans()
  const secrets = [operatorKey, PASSWORD]
  const report: FuzzReport = {
    requestCount: 0,
    findings: [],
    statuses: new Map(),
    done: new Map(chosen.map(({ id }) => [id, 0])),
  }
  let next = 0
  let scene: Promise<void> = Promise.resolve()
  const take = async (): Promise<FuzzRequest | null> => {
    const number = next++
    if (number % SCENE === 0) scene = scene.then(() => setStage(theatre))
    await scene
    if (number >= settings.requests || report.findings.length >= FINDINGS_MAX) return null
    return makeRequest(attacked, theatre.pool, `${seed}/${number}`)
  }
  const shoot = async (index: number): Promise<void> => {
    const client = new RawClient(url, `127.0.1.${1 + (index % ADDRESSES)}`)
    for (let request = await take(); request !== null; request = await take()) {
      const answer = await client.send(bytesOf(request), { isHead: request.method === 'HEAD' })
      // After an odd request nobody knows where the next one begins.
      if (request.isOdd) client.close()
      record(report, theatre, request, answer, offencesOf(request, answer, secrets))
      if (report.requestCount % 500 === 0) settings.onProgress?.(report)
    }
    client.close()
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => shoot(index)))
  return report
}

/** Plans as other systems draw them, for what takes any document. */
async function readPlans(): Promise<unknown[]> {
  const names = (await readdir(PLANS)).filter((name) => name.endsWith('.json'))
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(new URL(name, PLANS), 'utf8'))),
  )
}

function record(
  report: FuzzReport,
  { pool }: Theatre,
  request: FuzzRequest,
  answer: Awaited<ReturnType<RawClient['send']>>,
  offences: readonly string[],
): void {
  report.requestCount += 1
  const status = answer?.status ?? 0
  report.statuses.set(status, (report.statuses.get(status) ?? 0) + 1)
  const text = answer === null ? '' : textOf(answer)
  if (status >= 200 && status < 300) {
    const id = request.operation?.id ?? 'none'
    report.done.set(id, (report.done.get(id) ?? 0) + 1)
    pool.welcome(id, request.role)
    if (text.startsWith('{') && text.length < 20_000) pool.harvest(JSON.parse(text))
  }
  if (offences.length === 0) return
  const operation = request.operation?.id ?? 'none'
  const known = report.findings.find((finding) => {
    return finding.operation === operation && finding.offences.join() === offences.join()
  })
  if (known !== undefined) {
    known.count += 1
    return
  }
  const shown = `${status} ${JSON.stringify(answer?.headers)} ${text.slice(0, 1_500)}`
  report.findings.push({
    count: 1,
    operation,
    offences,
    request: describeRequest(request),
    answer: shown,
  })
}
