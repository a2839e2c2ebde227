/**
 * `npm run campaign -- --minutes N [--seed S] [--clients C]`: `rowlock verify` against servers and
 * a durable database of its own, through a bad network, with something done to them in every round:
 * `kill -9` and pauses of servers and database, all connections ended, a clock that jumps both
 * ways, a disk that is full where a small file system can be mounted. Histories with findings, logs
 * and the database stay where they are; everything else is removed.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createRandom } from '../rig/index.ts'
import {
  type Disturb,
  FaultProxy,
  htmlReport,
  type Mark,
  runVerify,
  textReport,
} from '../verify/index.ts'
import { DISTURBANCES, type DisturbanceCounts, disturb } from './campaign/disturbances.ts'
import { openCampaignStage } from './campaign/stage.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: Date.now().toString(36) },
    clients: { type: 'string', default: '16' },
    round: { type: 'string', default: '8' },
    report: { type: 'string' },
  },
})
const directory = await mkdtemp(join(tmpdir(), 'rowlock-campaign-'))
const stage = await openCampaignStage(directory)
const random = createRandom(`${values.seed}/campaign`)
const counts = Object.fromEntries(DISTURBANCES.map((name) => [name, 0])) as DisturbanceCounts
let listener: (mark: Mark) => void = () => {}
const proxies = await Promise.all(
  stage.urls.map((target, index) =>
    FaultProxy.open({
      target,
      random: createRandom(`${values.seed}/network/${index}`),
      share: 0.025,
      onFault: (mark) => listener(mark),
    }),
  ),
)
const inRound: Disturb = async ({ endAt, mark }) => {
  listener = mark
  await disturb(stage, random, { endAt, mark, counts })
}
console.log(`Seed ${values.seed}; everything is in ${directory}.`)
if (stage.disk === null) console.log('No small file system could be mounted: no disk gets full.')
const ending = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort())

let isClean = false
try {
  const totals = await runVerify({
    urls: proxies.map(({ url }) => url),
    operatorKey: stage.operatorKey,
    seconds: Number(values.minutes) * 60,
    roundSeconds: Number(values.round),
    clientCount: Number(values.clients),
    seed: values.seed,
    directory: join(directory, 'histories'),
    keepsAll: false,
    // What a killed server had leased is delivered by another one only after a while.
    hookEvery: 4,
    disturb: inRound,
    signal: ending.signal,
    onRound: ({ no, verdict }, { counts: sum, findings }) =>
      console.log(
        `${no}: ${verdict.findings.length} findings; in all ${sum.attempts} attempts, ` +
          `${sum.faults} faults, ${findings.length} findings`,
      ),
  })
  console.log(`\n${textReport(totals, (_look, text) => text)}\n`)
  console.log('Done to them:', counts)
  const broken = await stage.check()
  console.log(`rowlock check: ${broken.length} findings over all shows`, broken.slice(0, 10))
  isClean = totals.findings.length === 0 && broken.length === 0
  if (values.report) await writeFile(values.report, htmlReport(totals, { version: 'campaign' }))
} finally {
  await Promise.all(proxies.map((proxy) => proxy.close()))
  await stage.stop(!isClean)
  if (isClean) await rm(directory, { recursive: true, force: true })
  else console.log(`Kept: ${directory}`)
}
process.exit(isClean ? 0 : 1)
