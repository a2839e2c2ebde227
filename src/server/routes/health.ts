import type { FastifyInstance } from 'fastify'
import type { Limits } from '../limits/limits.ts'
import type { Metrics } from '../metrics.ts'
import type { ServerSettings } from '../settings.ts'

/** What load balancers, orchestrators and Prometheus ask. */
export function addHealthRoutes(
  app: FastifyInstance,
  settings: ServerSettings,
  metrics: Metrics,
  limits: Limits,
): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'no-store')
    done()
  })

  /** The process answers. It says nothing of the database: restarting would not bring that back. */
  app.get('/health/live', async () => ({ status: 'live' }))

  app.get('/health/ready', async (_request, reply) => {
    const { reachable, migrated } = await settings.readDatabaseHealth()
    const isReady = reachable && migrated
    if (!isReady) reply.code(503).header('retry-after', '1')
    return { status: isReady ? 'ready' : 'unready', database: { reachable, migrated } }
  })

  app.get('/health', async (_request, reply) => {
    const { showCount, ...database } = await settings.readDatabaseHealth()
    const isWell = database.reachable && database.migrated
    if (!isWell) reply.code(503).header('retry-after', '1')
    return {
      status: isWell ? 'ok' : 'failing',
      version: settings.version,
      database,
      shows: showCount,
      engine: settings.engine.status(),
      limits: limits.active !== null,
      proxy: settings.trustProxy ? 'trusted' : limits.isForwarded ? 'unnamed' : 'none',
    }
  })

  app.get('/metrics', async (_request, reply) => {
    reply.header('content-type', metrics.contentType)
    return metrics.text()
  })
}
