import { randomBytes } from 'node:crypto'
import { ANSWER_MS_MAX } from '../rig/index.ts'
import { Api, type ApiSettings } from './api.ts'
import { Crowd } from './crowd.ts'
import { Kills } from './kills.ts'
import { Meter } from './meter.ts'
import { Observer } from './observer.ts'
import type { Display } from './progress.ts'
import { createOnSale, type OnSale, openOnSale } from './put-on-sale.ts'
import { untilReady } from './ready.ts'
import { Sale } from './sale.ts'
import type { Stage } from './stage.ts'
import { Accidents } from './verdict/accidents.ts'
import type { Evidence, Verdict } from './verdict/evidence.ts'
import { judge } from './verdict/judge.ts'
import { readEndState } from './verdict/read-end-state.ts'

/** Settings of what to play. */
export interface StressSettings {
  readonly shopperCount: number
  /** A sale that is sold out ends before that. */
  readonly openSeconds: number
  /** People are as quick as in a sale of so many seconds; `openSeconds` unless told otherwise. */
  readonly paceSeconds?: number
  readonly seed: string
  /** Needs a stage of our own. */
  readonly isKilling: boolean
  /** Connections of all shoppers together. */
  readonly socketsMax: number
  /** A show that is there, or a plan for one of our own. */
  readonly sold: { readonly show: string } | { readonly name: string; readonly source: unknown }
}

/** A sale that was played, with all that is known about it. */
export interface PlayedSale {
  readonly settings: StressSettings
  readonly stage: Stage
  readonly sale: Sale
  readonly crowd: Crowd
  readonly meter: Meter
  readonly observer: Observer
  readonly evidence: Evidence
  readonly verdict: Verdict
  /** From the opening until the last shopper had left. */
  readonly tookSeconds: number
}

/**
 * Plays an on-sale from the opening of the doors to the verdict. Throws `StageError` when the show
 * cannot be put on sale, or the servers do not answer any more.
 */
export async function runStress(
  settings: StressSettings,
  stage: Stage,
  display: Display,
): Promise<PlayedSale> {
  const run = randomBytes(6).toString('hex')
  const openMs = settings.openSeconds * 1000
  const played = { sale: null as Sale | null, isOver: false }
  const meter = new Meter(() => played.sale?.clock ?? 0)
  const accidents = new Accidents(() => played.sale?.clock ?? 0)
  const api = new Api({
    ...addressOf(stage, settings),
    watch: (call, result) => {
      if (played.sale === null || played.isOver) return
      meter.observe(call, result)
      accidents.observe(call, result)
    },
  })
  try {
    const { show, house } = await putOnSale(api, settings, run)
    display.note(`${show.title} (${show.key}): ${house.seatCount} seats are on sale.`)
    const { seed } = settings
    const times = { openMs, paceMs: paceMsOf(settings), drainMs: 2 * ANSWER_MS_MAX }
    const sale = new Sale({ api, show, house, seed, run, ...times })
    played.sale = sale
    const crowd = new Crowd(sale, settings.shopperCount)
    const kills = openKills(settings, stage, sale)
    const observer = new Observer(sale, { crowd, meter, kills, display })
    await play(sale, crowd, observer)
    await kills?.finish()
    const tookSeconds = sale.clock / 1000
    display.note(`The last shopper left after ${tookSeconds.toFixed(1)} s. Comparing answers.`)
    await untilReady(stage.servers)
    played.isOver = true
    const end = await readEndState(sale, stage)
    const evidence: Evidence = {
      show,
      log: sale.commands,
      end,
      accidents: accidents.list,
      staleReads: sale.staleReads,
      readCount: sale.readCount,
      kills: kills?.done ?? [],
      isOwnStage: stage.own !== null,
      isOwnShow: 'source' in settings.sold,
    }
    const verdict = judge(evidence)
    return { settings, stage, sale, crowd, meter, observer, evidence, verdict, tookSeconds }
  } finally {
    display.end()
    api.close()
  }
}

function addressOf(stage: Stage, { socketsMax }: StressSettings): ApiSettings {
  return { servers: stage.servers, operatorKey: stage.operatorKey, socketsMax }
}

function putOnSale(api: Api, settings: StressSettings, run: string): Promise<OnSale> {
  const { sold } = settings
  if ('show' in sold) return openOnSale(api, sold.show)
  return createOnSale(api, { plan: sold, paceMs: paceMsOf(settings), run })
}

function paceMsOf({ paceSeconds, openSeconds }: StressSettings): number {
  return (paceSeconds ?? openSeconds) * 1000
}

function openKills(settings: StressSettings, stage: Stage, sale: Sale): Kills | null {
  if (!settings.isKilling || stage.own === null) return null
  return new Kills(stage.own, stage.servers, () => sale.clock)
}

/** Lets the crowd in, and closes when all have left or time is up. */
async function play(sale: Sale, crowd: Crowd, observer: Observer): Promise<void> {
  const closing = setTimeout(() => sale.close(), sale.openMs)
  const watching = observer.watch()
  try {
    await crowd.play()
  } finally {
    clearTimeout(closing)
    sale.close()
    await watching
  }
}
