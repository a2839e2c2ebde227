/**
 * The server's life. It comes up in the order database, migration, engine, demonstration, access,
 * HTTP, so that whoever reaches it finds it ready; and goes down in the opposite one.
 */
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { type Access, openAccess } from '../../auth/index.ts'
import { CINEMA_SHOW, type Engine } from '../../engine/index.ts'
import { probePort, VERSION } from '../../runtime/index.ts'
import type { Configuration } from '../configuration/read-configuration.ts'
import { type Ending, endingOf } from '../exit-codes.ts'
import { CommandError } from '../failure.ts'
import type { Context } from '../shell.ts'
import { banner, type Readiness, readinessFields } from './banner.ts'
import { develop } from './develop.ts'
import { type Log, openLog } from './open-log.ts'
import { databaseName, demonstrate, openStores } from './open-stores.ts'
import { openTracing } from './open-tracing.ts'
import { type OperatorKey, readOperatorKey } from './operator-key.ts'
import { prepareDatabase } from './prepare-database.ts'
import { type Running, shutDown } from './shutdown.ts'
import { type ServerEnd, watchEnd } from './watch-end.ts'
import { WorkerEnded } from './workers/crew.ts'
import type { WorkerTask } from './workers/messages.ts'
import { startCrew } from './workers/start-crew.ts'
import { placeOf, takeTask, tell } from './workers/worker.ts'

/** For workers, beyond the time that each of them may take. */
const WORKERS_MS = 5_000

/** Parts from which a server comes up. */
interface Start {
  readonly context: Context
  readonly running: Running
  readonly log: Log
  readonly end: ServerEnd
}

/**
 * Serves until a signal comes, or a mistake that nobody expected. Several workers are processes of
 * their own behind one port; each of them runs this function with what its primary tells it.
 */
export async function serve(context: Context, workers = 1): Promise<Ending> {
  const task = await takeTask()
  const { shutdownMs, drainMs } = context.configuration
  if (task !== null) return live(context, shutdownMs, (parts) => start(parts, task))
  if (workers === 1) return live(context, shutdownMs, (parts) => start(parts, null))
  // What each of them may take, and a little for the last to be gone.
  const deadlineMs = drainMs + shutdownMs + WORKERS_MS
  return live(context, deadlineMs, (parts) => startWorkers(parts, workers))
}

async function live(
  context: Context,
  shutdownMs: number,
  begin: (parts: Start) => Promise<void>,
): Promise<Ending> {
  const { configuration, world } = context
  const log = openLog(configuration.logLevel, world)
  const end = watchEnd(log)
  const running: Running = {}
  const starting = begin({ context, running, log, end })
  try {
    await Promise.race([starting, aborted(end.stop)])
    await aborted(end.stop)
    await drain(running, configuration.drainMs, end, log)
    // What is half up cannot be closed.
    if (running.crew === undefined) {
      await Promise.race([starting.catch(() => {}), aborted(end.hurry)])
    }
    const isClean = await shutDown(running, shutdownMs, end.hurry)
    log.logger.info(isClean ? 'stopped' : 'stopped; not everything was finished in time')
    return end.ending(isClean)
  } catch (error) {
    await shutDown(running, 0, end.hurry)
    // It has said why.
    if (error instanceof WorkerEnded) return endingOf(error.exitCode)
    throw error
  } finally {
    log.flush()
  }
}

/** Serves on until the load balancer has seen that it is to send nothing more. */
async function drain(
  { server }: Running,
  drainMs: number,
  { hurry, isMistake }: ServerEnd,
  { logger }: Log,
): Promise<void> {
  if (server === undefined || drainMs === 0 || isMistake()) return
  server.drain()
  logger.info(`draining: not ready any more, closing in ${drainMs / 1000} s`)
  await delay(drainMs, undefined, { signal: hurry }).catch(() => {})
}

async function startWorkers({ context, running, log, end }: Start, count: number) {
  const { configuration } = context
  for (const warning of configuration.warnings) log.logger.warn(warning)
  const port = await freePort(configuration)
  const { stop, hurry } = end
  const settings = { stop, hurry, port, count }
  const readiness = await startCrew(configuration, running, log.logger, settings)
  if (readiness !== null && !stop.aborted) greet(context, { ...readiness, development: null })
}

async function start(parts: Start, task: WorkerTask | null): Promise<void> {
  const { context, running, log, end } = parts
  const { configuration } = context
  // Loaded while PostgreSQL starts: the two take about as long.
  let loading: Promise<typeof import('./open-server.ts')> | undefined
  const load = () => (loading ??= import('./open-server.ts'))
  const target = task?.target ?? (await prepareAlone(parts, load))
  if (end.stop.aborted) return
  await openStores(configuration, running, log.logger, target)
  const { engine, database, embedded } = running
  if (!engine || !database || end.stop.aborted) return
  if (configuration.demo && task?.isFirst !== false) await demonstrate(engine, log.logger)
  const dataDir = task === null ? (embedded?.dataDir ?? null) : task.dataDir
  const key = task?.operatorKey ?? (await readOperatorKey(configuration.operatorKey, dataDir))
  const access = await openAccess({
    database,
    operatorKey: key.key,
    registration: configuration.registration,
    limitAddresses: () => running.server?.isLimited() ?? configuration.limits !== null,
  })
  running.access = access
  const { clock } = running
  const tracing = await openTracing(configuration.tracing, log.logger)
  if (tracing !== null) running.tracing = tracing
  const worker = task === null ? null : placeOf(task)
  const { openServer } = await load()
  running.server = await openServer({
    ...{ configuration, access, logger: log.logger, engine, database, clock, tracing, worker },
  })
  const url = await listen(running, configuration, task?.port ?? configuration.port)
  const readiness = await readinessOf({ ...running, access, engine }, context, url, {
    operatorKey: key,
    dataDir,
  })
  if (task !== null) return tell({ kind: 'ready', readiness })
  const development = await develop(configuration, { ...running, access, engine })
  greet(context, { ...readiness, development })
}

/** Prepares, as the primary, what its workers share. */
async function prepareAlone({ context, running, log, end }: Start, meanwhile: () => void) {
  const { configuration } = context
  for (const warning of configuration.warnings) log.logger.warn(warning)
  await freePort(configuration)
  const { stop } = end
  return prepareDatabase(configuration, running, log.logger, { stop, servers: 1, meanwhile })
}

async function readinessOf(
  running: Running & { access: Access; engine: Engine },
  { configuration, world }: Context,
  url: string,
  { operatorKey, dataDir }: { operatorKey: OperatorKey; dataDir: string | null },
): Promise<Omit<Readiness, 'development'>> {
  const hasDemo = await running.engine.getShow(CINEMA_SHOW.key).then(
    () => true,
    () => false,
  )
  const database = databaseName(running, configuration, dataDir)
  // What is not a terminal is kept somewhere, where others read it.
  const first = world.stdout.isTTY ? await running.access.bootstrap() : null
  const signInPath = first?.path ?? null
  const limits = limitsOf(configuration)
  return { version: VERSION, url, database, operatorKey, signInPath, limits, hasDemo }
}

function limitsOf({ limits, limitsIfForwarded }: Configuration): Readiness['limits'] {
  if (limits !== null) return 'on'
  return limitsIfForwarded === null ? 'off' : 'on when forwarded'
}

function greet({ terminal }: Context, readiness: Readiness): void {
  terminal.result(readinessFields(readiness), () => banner(terminal, readiness))
}

/** Reasons why a server cannot listen, in words for the person who set PORT and HOST. */
const LISTEN_PROBLEMS: Readonly<Record<string, [Ending, (at: Configuration) => string]>> = {
  EADDRINUSE: [
    'taken',
    ({ host, port }) =>
      `Port ${port} of ${host} is in use by another process. Stop that one, or use a ` +
      'free port: --port, or PORT (0 takes any).',
  ],
  EACCES: ['usage', ({ port }) => `Port ${port} is not allowed here. Use one above 1023.`],
  EADDRNOTAVAIL: ['usage', ({ host }) => `HOST ${host} is not an address of this machine.`],
  ENOTFOUND: ['usage', ({ host }) => `HOST ${host} is not known here.`],
}

async function listen(
  running: Running,
  configuration: Configuration,
  port: number,
): Promise<string> {
  const { host } = configuration
  try {
    const url = (await running.server?.listen({ host, port })) ?? ''
    // An address that means "all of them" is none that a browser can open.
    return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
  } catch (error) {
    throw listenError(error, configuration)
  }
}

/**
 * Looked at before anything else, so that nobody waits for a database that is of no use then.
 * Answers the port: one that was free a moment ago where any will do.
 */
async function freePort(configuration: Configuration): Promise<number> {
  try {
    return await probePort(configuration)
  } catch (error) {
    throw listenError(error, configuration)
  }
}

function listenError(error: unknown, configuration: Configuration): unknown {
  const problem = LISTEN_PROBLEMS[(error as NodeJS.ErrnoException).code ?? '']
  if (problem === undefined) return error
  const [ending, message] = problem
  return new CommandError(ending, message(configuration))
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}
