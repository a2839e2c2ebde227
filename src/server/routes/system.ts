import type { Feed } from '../../feed/index.ts'
import type { Metrics } from '../metrics.ts'
import { route } from '../route.ts'
import type { ServerSettings } from '../settings.ts'
import type { App } from './app.ts'

/** How this server is, for operators. */
export function addSystemRoutes(
  app: App,
  settings: ServerSettings,
  feed: Feed,
  metrics: Metrics,
): void {
  route(app, 'getSystem', async () => {
    const { showCount, reachable, migrated, version } = await settings.readDatabaseHealth()
    const { writes: _writes, unsafe, ...engine } = settings.engine.status()
    return {
      version: settings.version,
      startedAt: new Date(Date.now() - 1000 * process.uptime()).toISOString(),
      memoryBytes: process.memoryUsage.rss(),
      shows: showCount,
      database: { reachable, migrated, version },
      engine: { ...engine, unsafe: [...unsafe] },
      streams: feed.status(),
      ...metrics.totals(),
    }
  })
}
