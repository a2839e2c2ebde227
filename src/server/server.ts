import compress from '@fastify/compress'
import cors from '@fastify/cors'
import fastify, { type FastifyInstance } from 'fastify'
import { Feed, WebhookSender } from '../feed/index.ts'
import { LIMITS } from '../protocol/index.ts'
import { isPooled, specOf } from '../protocol/operations/index.ts'
import { afterWrites } from './after-writes.ts'
import { addJsonParser } from './body-parsers.ts'
import { answerClientError } from './client-error.ts'
import { Doors } from './doors.ts'
import { answerError, createNotFound } from './error-handler.ts'
import { type GuardSettings, guard } from './guard.ts'
import { closeWithin, type InFlight, watchInFlight } from './in-flight.ts'
import { Limits } from './limits/limits.ts'
import { addTurns, countPage, countSeats, inTurn } from './limits/route-limits.ts'
import { LoopLag } from './load/loop-lag.ts'
import { deadlineFrom, withinDeadline } from './load/request-deadline.ts'
import { Shedding } from './load/shedding.ts'
import { addTurnstile } from './load/turnstile.ts'
import { addMessageCheck } from './message-check.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { addOpenapi } from './openapi/add-openapi.ts'
import { addDocs } from './pages/docs.ts'
import { addPages } from './pages/pages.ts'
import { RequestLog } from './request-log.ts'
import { traceRequest, traceSettings } from './request-trace.ts'
import { addApiKeyRoutes } from './routes/api-keys.ts'
import type { App } from './routes/app.ts'
import { addAuditRoutes } from './routes/audit.ts'
import { addBlockRoutes } from './routes/blocks.ts'
import { addBookingRoutes } from './routes/bookings.ts'
import { addHealthRoutes } from './routes/health.ts'
import { addHoldRoutes } from './routes/holds.ts'
import { addMeRoutes } from './routes/me.ts'
import { addPlanRoutes } from './routes/plans.ts'
import { addSeatRoutes } from './routes/seats.ts'
import { addSecondFactorRoutes } from './routes/second-factor.ts'
import { addSessionRoutes } from './routes/sessions.ts'
import { addShowRoutes } from './routes/shows.ts'
import { addStreamRoutes } from './routes/streams.ts'
import { addSystemRoutes } from './routes/system.ts'
import { addTestClockRoutes } from './routes/test-clock.ts'
import { addUserRoutes } from './routes/users.ts'
import { addVenueRoutes } from './routes/venues.ts'
import { addWebhookRoutes } from './routes/webhooks.ts'
import { addSecurityHeaders, SECURITY_HEADERS } from './security-headers.ts'
import { type ServerSettings, TIMEOUTS } from './settings.ts'
import { cutStalledReaders } from './stalled-readers.ts'
import { traceIdOf } from './trace-id.ts'
import { createSerializerCompiler, validatorCompiler } from './validation.ts'

/** The HTTP server, made by `createServer`. */
export interface Server {
  /** For tests, which send requests into it without a socket. */
  readonly app: FastifyInstance
  /** Begins to serve; the answer is the address, such as `http://127.0.0.1:3000`. */
  listen(at: { host: string; port: number }): Promise<string>
  /**
   * From now on `/health/ready` answers 503, and all else is served as before: the load balancer
   * is given the time to see it before `close`.
   */
  drain(): void
  /**
   * Stops accepting, answers what is under way, closes. What is not answered by the deadline is cut
   * off. The engine stays open: close it afterwards.
   */
  close(deadlineMs?: number): Promise<void>
  /** Tells whether callers are limited just now. */
  isLimited(): boolean
}

const CLOSE_DEADLINE_MS = 15_000

/** Every route, ready to serve: `listen` opens the port. */
export async function createServer(settings: ServerSettings): Promise<Server> {
  const limits = openLimits(settings)
  const app = openApp(settings, limits)
  addTurns(app as unknown as FastifyInstance, limits)
  const inFlight = watchInFlight(app)
  const feed = new Feed(settings.engine, settings.feed)
  const sender = openSender(settings)
  const { engine, database, version } = settings
  const answering = () => inFlight.count - feed.status().listeners
  const metrics = createMetrics({
    ...{ engine, feed, sender, database, version, inFlight: answering },
    worker: settings.worker ?? null,
  })
  addSecurityHeaders(app as unknown as FastifyInstance, Boolean(settings.trustProxy))
  addMessageCheck(app as unknown as FastifyInstance, settings.hosts)
  cutStalledReaders(app as unknown as FastifyInstance, { ...TIMEOUTS, ...settings.timeouts })
  watchForwarding(app, settings, limits)
  const lag = new LoopLag()
  const shedding = new Shedding(lag, answering)
  watchRoutes(app, settings, { access: settings.access, limits, shedding }, { metrics, lag })
  await addCors(app, settings.corsOrigins ?? [])
  await addCompression(app)
  if (settings.describe) await settings.describe(app)
  addOpenapi(app)
  addOperations(app, settings, feed, limits, sender)
  addSystemRoutes(app, settings, { feed, metrics, lag, limits })
  if (settings.testClock) addTestClockRoutes(app, settings.testClock, settings.access)
  app.addHook('preClose', async () => feed.close())
  app.addHook('onClose', () => sender.close())
  let isDraining = false
  const health = { metrics, limits, shedding, isDraining: () => isDraining }
  app.register(async (scope) => addHealthRoutes(scope, settings, health))
  app.register(async (scope) => addPages(scope, settings))
  if (settings.docs !== false) app.register(async (scope) => addDocs(scope, settings))
  app.addHook('onClose', async () => lag.stop())
  await app.ready()
  addTurnstile(app as unknown as FastifyInstance, shedding)
  const drain = () => {
    isDraining = true
    inFlight.drain()
  }
  return { ...toServer(app, inFlight, limits), drain }
}

function toServer(app: App, inFlight: InFlight, limits: Limits): Omit<Server, 'drain'> {
  const doors = new Doors(app as unknown as FastifyInstance)
  return {
    app: app as unknown as FastifyInstance,
    // For `localhost` the framework would open a second server, whose connections nobody watches.
    listen: ({ host, port }) =>
      doors.open({ host: host === 'localhost' ? '127.0.0.1' : host, port }),
    close: (deadlineMs = CLOSE_DEADLINE_MS) => closeWithin(app, doors, inFlight, deadlineMs),
    isLimited: () => limits.active !== null,
  }
}

function openApp(settings: ServerSettings, limits: Limits): App {
  const { logger, trustProxy } = settings
  const timeouts = { ...TIMEOUTS, ...settings.timeouts }
  const app = fastify({
    ...(logger && { loggerInstance: logger }),
    ...(trustProxy !== undefined && { trustProxy }),
    logController: new RequestLog(),
    genReqId: traceIdOf,
    requestIdHeader: false,
    bodyLimit: LIMITS.bodyBytesMax,
    requestTimeout: timeouts.requestMs,
    keepAliveTimeout: timeouts.keepAliveMs,
    connectionTimeout: timeouts.idleMs,
    http: {
      headersTimeout: timeouts.headersMs,
      connectionsCheckingInterval: timeouts.lookEveryMs,
    },
    // A request that reaches us while we close is served like any other: it was accepted.
    return503OnClosing: false,
    // As long as node takes an address: a long id is unknown, not something else.
    routerOptions: { maxParamLength: 65_536 },
    frameworkErrors: (error, request, reply) => {
      answerError(error, request, reply.headers(SECURITY_HEADERS))
    },
    clientErrorHandler: (error, socket) => answerClientError(error, socket, logger),
  }) as unknown as App
  // Node would answer 417 by itself, without a body; expectations that nobody knows may be ignored.
  app.server.on('checkExpectation', (request, response) => {
    app.server.emit('request', request, response)
  })
  // A child logger for each request would be made even where nothing is logged.
  app.setChildLoggerFactory((parent) => parent)
  app.decorateRequest('identity')
  app.decorateRequest('idempotencyKey', null)
  app.decorateRequest('client', '')
  app.decorateRequest('bounds', null)
  app.decorateRequest('deadlineAt', 0)
  app.decorateRequest('waitsForBodyAt', 0)
  app.decorateRequest('refusalCode', null)
  app.decorateRequest('trace', null)
  app.decorate('hosts', settings.hosts ?? null)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(createSerializerCompiler(settings.strictAnswers ?? false, logger))
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply))
  const notFound = createNotFound(app as unknown as FastifyInstance)
  app.setNotFoundHandler((request, reply) => {
    limits.active?.rates.countPage(request, reply, 1)
    return notFound(request, reply)
  })
  addJsonParser(app as unknown as FastifyInstance)
  return app
}

/** Puts the guard before, and the metrics behind, every route that is added from now on. */
function watchRoutes(
  app: App,
  settings: ServerSettings,
  guards: GuardSettings & { readonly limits: Limits },
  { metrics, lag }: { readonly metrics: Metrics; readonly lag: LoopLag },
): void {
  const { limits } = guards
  const { answerMs } = { ...TIMEOUTS, ...settings.timeouts }
  const tracing = traceSettings(settings)
  const observeStray = metrics.observerOf('none')
  app.addHook('onResponse', (request, reply, done) => {
    if (request.is404) observeStray(reply.statusCode, reply.elapsedTime / 1000, request.refusalCode)
    done()
  })
  app.addHook('onRoute', (route) => {
    const operation = route.config?.operation
    const observe = metrics.observerOf(operation ?? 'page')
    const responded = [route.onResponse ?? []].flat()
    route.onResponse = [
      ...responded,
      (request, reply, done) => {
        observe(reply.statusCode, reply.elapsedTime / 1000, request.refusalCode)
        done()
      },
    ]
    const before = [route.onRequest ?? []].flat()
    const isPage = operation === undefined
    if (isPage) {
      route.onRequest = [countPage(limits, route.url), ...before]
      return
    }
    const spec = specOf(operation)
    // A stream lasts for hours, and nobody waits for its end.
    const isTraced = tracing !== null && spec.by !== 'feed'
    const begin = isTraced ? [traceRequest(tracing, operation, spec)] : []
    const guarded = guard(operation, guards, route.config?.bounds ?? null)
    route.onRequest = [...begin, deadlineFrom(lag, answerMs, guarded), ...before]
    const prepared = [route.preHandler ?? []].flat()
    route.preHandler = [withinDeadline(lag), ...countSeats(limits, spec), ...prepared]
    if (isPooled(spec)) route.handler = inTurn(limits, route.handler)
  })
}

function openLimits({ logger, ...settings }: ServerSettings): Limits {
  const choice = {
    limits: settings.limits ?? null,
    limitsIfForwarded: settings.limitsIfForwarded ?? null,
    onForwarded: (isLimitedNow: boolean) => {
      const now = isLimitedNow ? ' Limits are on from now on, and everybody shares one budget.' : ''
      logger?.warn(`A proxy forwards requests, and ROWLOCK_TRUST_PROXY does not name it.${now}`)
    },
  }
  return new Limits(choice, (address) => settings.access.pseudonymOf(address))
}

/** Watches for a proxy not thought of: an `X-Forwarded-For` although no proxy is trusted. */
function watchForwarding(app: App, { trustProxy }: ServerSettings, limits: Limits): void {
  if (trustProxy) return
  app.addHook('onRequest', (request, _reply, done) => {
    limits.watch(request)
    done()
  })
}

async function addCors(app: App, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return
  await app.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PATCH'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'idempotency-key',
      'if-none-match',
      'last-event-id',
      'x-request-id',
    ],
    exposedHeaders: [
      'etag',
      'idempotency-replayed',
      'location',
      'ratelimit',
      'ratelimit-policy',
      'retry-after',
      'x-request-id',
    ],
    // Cookies are for our own pages; pages elsewhere send a token.
    credentials: false,
    maxAge: 600,
  })
}

/** Answers of a kilobyte or more are packed; never streams of events, which are not sent so. */
async function addCompression(app: App): Promise<void> {
  await app.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    // What callers send is small, and could unpack into anything.
    globalDecompression: false,
  })
}

function openSender({ engine, version, logger, ...settings }: ServerSettings): WebhookSender {
  const lookEveryMs = settings.webhooksLookEveryMs
  return new WebhookSender(engine, {
    allowsLoopback: settings.allowsLoopbackWebhooks ?? false,
    userAgent: `Rowlock/${version}`,
    ...(lookEveryMs !== undefined && { lookEveryMs }),
    onTrouble: (error) => logger?.warn({ err: error }, 'Webhooks could not be looked after.'),
  })
}

function addOperations(
  app: App,
  settings: ServerSettings,
  feed: Feed,
  limits: Limits,
  sender: WebhookSender,
): void {
  const { engine, access } = settings
  // Before the routes: those who listen, and webhooks, are told after each write to a show.
  afterWrites(app, (show) => {
    feed.refresh(show)
    sender.refresh(show)
  })
  addStreamRoutes(app, feed, limits.streams)
  const allowsLoopback = settings.allowsLoopbackWebhooks ?? false
  addWebhookRoutes(app, { engine, sender, allowsLoopback })
  addVenueRoutes(app, engine)
  addPlanRoutes(app, engine)
  addShowRoutes(app, engine)
  addSeatRoutes(app, engine)
  addHoldRoutes(app, engine)
  addBookingRoutes(app, engine)
  addBlockRoutes(app, engine)
  addUserRoutes(app, access)
  addSessionRoutes(app, access)
  addMeRoutes(app, access, engine)
  addSecondFactorRoutes(app, access)
  addApiKeyRoutes(app, access)
  addAuditRoutes(app, access)
}
