import type { Spread, WriteTimings } from '../../engine/index.ts'
import type { Feed } from '../../feed/index.ts'
import type { SystemState } from '../../protocol/index.ts'
import { clientAddress } from '../limits/client-address.ts'
import type { Limits } from '../limits/limits.ts'
import type { LoopLag } from '../load/loop-lag.ts'
import type { Metrics } from '../metrics.ts'
import { route } from '../route.ts'
import type { ServerSettings } from '../settings.ts'
import type { App } from './app.ts'

/** Parts of a server that know how it is. */
interface SystemParts {
  readonly feed: Feed
  readonly metrics: Metrics
  readonly lag: Pick<LoopLag, 'usualMs'>
  readonly limits: Pick<Limits, 'active' | 'isForwarded'>
}

/** Adds the route that tells operators how this server is. */
export function addSystemRoutes(
  app: App,
  settings: ServerSettings,
  { feed, metrics, lag, limits }: SystemParts,
): void {
  route(app, 'getSystem', async (request) => {
    const { showCount, reachable, migrated, version } = await settings.readDatabaseHealth()
    const { writes: _writes, unsafe, ...engine } = settings.engine.status()
    return {
      version: settings.version,
      startedAt: new Date(Date.now() - 1000 * process.uptime()).toISOString(),
      memoryBytes: process.memoryUsage.rss(),
      shows: showCount,
      limits: limits.active !== null,
      proxy: proxyOf(settings, limits),
      seen: { address: clientAddress(request), protocol: request.protocol, host: request.host },
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

function proxyOf(
  { trustProxy }: ServerSettings,
  { isForwarded }: SystemParts['limits'],
): SystemState['proxy'] {
  if (trustProxy) return 'trusted'
  return isForwarded ? 'unnamed' : 'none'
}

function timingsOf({ wait, roundTrip, oldestWait }: WriteTimings) {
  const oldestWaitMs = Math.round(oldestWait * 1000)
  return { oldestWaitMs, waits: totalOf(wait), roundTrips: totalOf(roundTrip) }
}

function totalOf({ counts, sum }: Spread) {
  return { count: counts.reduce((total, count) => total + count, 0), seconds: sum }
}
