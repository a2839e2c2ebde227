/**
 * `npm run campaign -- --minutes N [--directory D] [--seed S] [--clients C] [--shows N]`: `rowlock
 * verify` against servers and a durable database of its own, through a bad network, with something
 * done to them in every round: `kill -9` and pauses of servers and database, all connections ended,
 * a clock that jumps both ways, a disk that is full where a small file system can be mounted. With
 * the same directory a campaign goes on where it stopped, if the code is still the same; its
 * figures are of all its rounds. Histories with findings stay, and so do logs and database of a
 * start that found something.
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
import { type CampaignState, OtherCode, openState, saveState } from './campaign/campaign-state.ts'
import { type DisturbanceCounts, disturb } from './campaign/disturbances.ts'
import { type CampaignStage, openCampaignStage } from './campaign/stage.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    directory: { type: 'string' },
    seed: { type: 'string', default: Date.now().toString(36) },
    clients: { type: 'string', default: '32' },
    shows: { type: 'string', default: '2' },
    round: { type: 'string', default: '8' },
    report: { type: 'string' },
  },
})
const directory = values.directory ?? (await mkdtemp(join(tmpdir(), 'rowlock-campaign-')))
const before = await openState(directory, values.seed).catch((error: Error) => {
  if (!(error instanceof OtherCode)) throw error
  console.error(error.message)
  process.exit(2)
})
const ending = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort())
console.log(`Seed ${before.totals.seed}, code ${before.code}; everything is in ${directory}.`)

const seconds = Number(values.minutes) * 60
const state = seconds > 0 ? await start(before, seconds) : before
const { totals, done, broken } = state
const isClean = totals.findings.length === 0 && broken.length === 0
console.log(`\n${textReport(totals, (_look, text) => text)}\n`)
console.log(
  `${Math.round(state.seconds / 60)} minutes in ${state.starts} starts. Done to them:`,
  done,
)
console.log(`rowlock check: ${broken.length} findings over all shows`, broken.slice(0, 10))
if (values.report) await writeFile(values.report, htmlReport(totals, { version: 'campaign' }))
if (isClean && values.directory === undefined) await rm(directory, { recursive: true, force: true })
process.exit(isClean ? 0 : 1)

/** One start: servers and a database of its own, for so many seconds. */
async function start(from: CampaignState, seconds: number): Promise<CampaignState> {
  // A start that was killed may have left its own, with a file system in it.
  const place = await mkdtemp(join(directory, `start-${from.starts + 1}-`))
  const stage = await openCampaignStage(place)
  if (stage.disk === null) console.log('No small file system could be mounted: no disk gets full.')
  let isKept = true
  try {
    const played = await play(stage, { ...from, starts: from.starts + 1 }, seconds)
    const broken = await stage.check()
    const state = { ...played, broken: [...played.broken, ...broken] }
    await saveState(directory, state)
    isKept = broken.length > 0 || state.totals.kept.length > from.totals.kept.length
    return state
  } finally {
    await stage.stop(isKept)
    if (isKept) console.log(`Kept: ${place}`)
    else await rm(place, { recursive: true, force: true })
  }
}

async function play(
  stage: CampaignStage,
  from: CampaignState,
  seconds: number,
): Promise<CampaignState> {
  const { seed } = from.totals
  const startedAt = performance.now()
  const done: DisturbanceCounts = { ...from.done }
  let state = from
  let listener: (mark: Mark) => void = () => {}
  const proxies = await openNetwork(stage, `${seed}/${from.starts}`, (mark) => listener(mark))
  const inRound: Disturb = async ({ no, endAt, mark }) => {
    listener = mark
    const random = createRandom(`${seed}/campaign/${no}`)
    await disturb(stage, random, { endAt, mark, counts: done })
  }
  try {
    const totals = await runVerify({
      urls: proxies.map(({ url }) => url),
      operatorKey: stage.operatorKey,
      seconds,
      roundSeconds: Number(values.round),
      clientCount: Number(values.clients),
      showsOfEach: Number(values.shows),
      seed,
      from: from.totals,
      directory: join(directory, 'histories'),
      keepsAll: false,
      // What a killed server had leased is delivered by another one only after a while.
      hookEvery: 6,
      disturb: inRound,
      signal: ending.signal,
      onRound: async ({ no, verdict }, totals) => {
        const { counts, findings } = totals
        const played = from.seconds + (performance.now() - startedAt) / 1000
        state = { ...state, totals, done: { ...done }, seconds: played }
        await saveState(directory, state)
        console.log(
          `${no}: ${verdict.findings.length} findings; in all ${totals.histories} histories, ` +
            `${counts.attempts} attempts, ${counts.faults} faults, ${findings.length} findings`,
        )
      },
    })
    return { ...state, totals }
  } finally {
    await Promise.all(proxies.map((proxy) => proxy.close()))
  }
}

/** Each server behind a bad network. */
function openNetwork(
  { urls }: CampaignStage,
  seed: string,
  onFault: (mark: Mark) => void,
): Promise<FaultProxy[]> {
  return Promise.all(
    urls.map((target, index) => {
      const random = createRandom(`${seed}/network/${index}`)
      return FaultProxy.open({ target, random, share: 0.03, onFault })
    }),
  )
}
