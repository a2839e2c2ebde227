import type { FastifyInstance } from 'fastify'
import type { Limits } from '../limits/limits.ts'
import { RecentLook } from '../load/recent-look.ts'
import type { Shedding } from '../load/shedding.ts'
import type { Metrics } from '../metrics.ts'
import type { ServerSettings } from '../settings.ts'

/** Facts that the health routes tell besides the database. */
interface HealthParts {
  readonly metrics: Metrics
  readonly limits: Limits
  readonly shedding: Pick<Shedding, 'isBehind'>
  /** Tells whether the server is about to stop, and serves until nobody sends anything its way. */
  readonly isDraining: () => boolean
}

/** Adds what load balancers, orchestrators and Prometheus ask. */
export function addHealthRoutes(
  app: FastifyInstance,
  settings: ServerSettings,
  { metrics, limits, shedding, isDraining }: HealthParts,
): void {
  const health = new RecentLook(
    () => look(settings),
    {},
    () => shedding.isBehind,
  )
  app.addHook('onClose', async () => health.close())
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'no-store')
    done()
  })

  /** The process answers. It says nothing of the database: restarting would not bring that back. */
  app.get('/health/live', async () => ({ status: 'live' }))

  app.get('/health/ready', async (_request, reply) => {
    if (isDraining()) {
      reply.code(503)
      return { status: 'draining' }
    }
    const { isReady, database, writable } = await health.now()
    if (!isReady) reply.code(503).header('retry-after', '1')
    const { reachable, migrated, unsafe } = database
    const { role } = settings.database.status()
    return {
      status: isReady ? 'ready' : 'unready',
      database: { reachable, migrated, role, unsafe, writable },
    }
  })

  app.get('/health', async (_request, reply) => {
    const { isReady, database, writable } = await health.now()
    if (!isReady) reply.code(503).header('retry-after', '1')
    const { showCount, ...about } = database
    const { pool, ...status } = settings.database.status()
    return {
      status: isReady ? 'ok' : 'failing',
      version: settings.version,
      worker: placeOf(settings),
      draining: isDraining(),
      database: { ...about, ...status, writable, pool },
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

  app.get('/metrics/shows', async (_request, reply) => {
    reply.header('content-type', metrics.contentType)
    return metrics.showText()
  })
}

/**
 * Number of the process that answers, among those behind the port; null where there is only one.
 */
function placeOf({ worker }: ServerSettings) {
  return worker ? { number: worker.number, count: worker.count } : null
}

/** Ready means: may write. Who only reads is served all the same, but sales would be refused. */
async function look({ engine, readDatabaseHealth }: ServerSettings) {
  const [database, writable] = await Promise.all([readDatabaseHealth(), engine.mayWrite()])
  const isReady = database.reachable && database.migrated && writable
  return { isReady, database, writable: database.reachable && writable }
}
