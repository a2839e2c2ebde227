import { type AnswerLog, codeOf } from '../answer-log.ts'
import type { PlayedSale } from '../run-stress.ts'
import type { StressReport } from './report.ts'

/** Facts that the play itself does not know. */
export interface About {
  readonly version: string
  readonly machine: string
}

/** The figures of a sale that was played. */
export function buildReport(played: PlayedSale, { version, machine }: About): StressReport {
  const { settings, stage, sale, crowd, meter, observer, evidence, verdict, tookSeconds } = played
  const { counts, bookings } = evidence.end
  const figures = meter.figures()
  return {
    configuration: {
      seed: settings.seed,
      shopperCount: settings.shopperCount,
      openSeconds: settings.openSeconds,
      servers: stage.servers,
      isOwnStage: stage.own !== null,
      isKilling: settings.isKilling,
      socketsMax: settings.socketsMax,
      version,
      machine,
    },
    openedAt: sale.openedAt.toISOString(),
    show: { key: sale.show.key, title: sale.show.title },
    verdict,
    tookSeconds,
    soldOutAt: observer.soldOutAt,
    seats: { total: counts.total, booked: counts.booked },
    bookingCount: [...bookings.values()].filter((one) => (one?.seats.length ?? 0) > 0).length,
    fates: crowd.fates,
    answerCount: meter.answerCount,
    answersPerSecond: meter.answerCount / Math.max(tookSeconds, 0.001),
    lostCount: figures.reduce((sum, { broken, hungUp }) => sum + broken + hungUp, 0),
    operations: figures,
    refusals: countRefusals(sale.commands),
    kills: evidence.kills,
    intervals: meter.intervals,
    samples: observer.samples,
  }
}

/** The most frequent first. */
function countRefusals(log: AnswerLog): { code: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { answers } of log) {
    for (const answer of answers) {
      const code = codeOf(answer)
      if (code !== null) counts.set(code, (counts.get(code) ?? 0) + 1)
    }
  }
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .toSorted((one, two) => two.count - one.count)
}
