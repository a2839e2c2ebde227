import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Line, Mark } from './history/history.ts'
import { gather, HistoryWriter } from './history/history-file.ts'
import { judge, type Verdict } from './judge/judge.ts'
import { runRound } from './record/run-round.ts'
import { Stage } from './record/stage.ts'
import { now, Wire } from './record/wire.ts'
import { emptyTotals, type Totals, withVerdict } from './totals.ts'

/** Settings of what to verify, and how long. */
export interface VerifySettings {
  /** Addresses of the API; any number of servers of one system. */
  readonly urls: readonly string[]
  readonly operatorKey: string
  readonly seconds: number
  readonly roundSeconds: number
  readonly clientCount: number
  /** Shows of each kind in a round; one when left out. */
  readonly showsOfEach?: number
  readonly seed: string
  /** Directory for histories. Clean ones are removed, unless they are to be kept. */
  readonly directory: string
  readonly keepsAll: boolean
  /**
   * A webhook follows the shows of each round whose number this divides. Infinite, and none does:
   * where the servers cannot reach this process.
   */
  readonly hookEvery: number
  /** Totals of the rounds before these, to go on from. */
  readonly from?: Totals
  /** Called in each round: does something to the system, and says when. */
  readonly disturb?: Disturb
  /** Told of each round. */
  readonly onRound?: (round: Round, totals: Totals) => void | Promise<void>
  /** Ends the run early, after the round under way. */
  readonly signal?: AbortSignal
}

/** Does something to the system in the middle of a round. */
export type Disturb = (round: {
  readonly no: number
  readonly endAt: number
  mark(mark: Mark): void
}) => Promise<void>

/** One round, judged. */
export interface Round {
  readonly no: number
  readonly verdict: Verdict
  /** Path of the history, when it was kept. */
  readonly path: string | null
}

/** Plays rounds, judges each, and adds them up. Throws `VerifyError` when nothing works at all. */
export async function runVerify(settings: VerifySettings): Promise<Totals> {
  const { urls, seed, directory, clientCount } = settings
  await mkdir(directory, { recursive: true })
  const socketsMax = Math.max(8, 4 * clientCount)
  const wires = urls.map((url) => new Wire(url, socketsMax))
  const prefix = `verify-${seed}`
  const stage = new Stage(wires, settings.operatorKey, prefix)
  const staff = await stage.staffActors()
  const endAt = now() + settings.seconds * 1000
  let totals = settings.from ?? emptyTotals(seed)
  const { showsOfEach = 1 } = settings
  const common = { seed, clientCount, showsOfEach, prefix, wires, stage, staff }
  for (let no = totals.rounds + 1; now() < endAt && !settings.signal?.aborted; no++) {
    const path = join(directory, `round-${String(no).padStart(4, '0')}.ndjson`)
    const seconds = Math.min(settings.roundSeconds, Math.max(2, (endAt - now()) / 1000))
    const writer = new HistoryWriter(path)
    const lines: Line[] = []
    const { disturb } = settings
    const disturbance = disturb && {
      disturb: (about: object) => disturb({ no, ...about } as never),
    }
    const isHooked = no % settings.hookEvery === 0
    await runRound({ ...common, no, seconds, isHooked, ...disturbance }, (line) => {
      lines.push(line)
      writer.write(line)
    })
    await writer.close()
    const verdict = judge(gather(lines))
    const isKept = settings.keepsAll || verdict.findings.length > 0
    if (!isKept) await rm(path)
    totals = withVerdict(totals, verdict, isKept ? path : null)
    await settings.onRound?.({ no, verdict, path: isKept ? path : null }, totals)
  }
  for (const wire of wires) wire.close()
  return totals
}
