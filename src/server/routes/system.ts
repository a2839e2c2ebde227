import type { Spread, WriteTimings } from '../../engine/index.ts'
import type { Feed } from '../../feed/index.ts'
import type { LoopLag } from '../load/loop-lag.ts'
import type { Metrics } from '../metrics.ts'
import { route } from '../route.ts'
import type { ServerSettings } from '../settings.ts'
import type { App } from './app.ts'

/** Whom a server asks how it is. */
interface SystemParts {
  readonly feed: Feed
  readonly metrics: Metrics
  readonly lag: Pick<LoopLag, 'usualMs'>
}

/** How this server is, for operators. */
export function addSystemRoutes(
  app: App,
  settings: ServerSettings,
  { feed, metrics, lag }: SystemParts,
): void {
  route(app, 'getSystem', async () => {
    const { showCount, reachable, migrated, version } = await settings.readDatabaseHealth()
    const { writes: _writes, unsafe, ...engine } = settings.engine.status()
    return {
      version: settings.version,
      startedAt: new Date(Date.now() - 1000 * process.uptime()).toISOString(),
      memoryBytes: process.memoryUsage.rss(),
      shows: showCount,
      lateMs: Math.round(lag.usualMs * 10) / 10,
      database: {
        reachable,
        migrated,
        version,
        ...settings.database.status(),
        failures: settings.database.failures.counts(),
      },
      engine: { ...engine, unsafe: [...unsafe], ...timingsOf(settings.engine.timings()) },
      streams: feed.status(),
      ...metrics.totals(),
    }
  })
}

function timingsOf({ wait, roundTrip, oldestWait }: WriteTimings) {
  const oldestWaitMs = Math.round(oldestWait * 1000)
  return { oldestWaitMs, waits: totalOf(wait), roundTrips: totalOf(roundTrip) }
}

function totalOf({ counts, sum }: Spread) {
  return { count: counts.reduce((total, count) => total + count, 0), seconds: sum }
}
