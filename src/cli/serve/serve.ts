/**
 * The server's life. It comes up in the order database, migration, engine, demonstration, access,
 * HTTP, so that whoever reaches it finds it ready; and goes down in the opposite one.
 */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { type Access, openAccess } from '../../auth/index.ts'
import { CINEMA_SHOW, type Engine } from '../../engine/index.ts'
import { VERSION } from '../../runtime/index.ts'
import type { Configuration } from '../configuration/read-configuration.ts'
import type { Ending } from '../exit-codes.ts'
import { CommandError } from '../failure.ts'
import type { Context } from '../shell.ts'
import { banner, type Readiness, readinessFields } from './banner.ts'
import { develop } from './develop.ts'
import { type Log, openLog } from './open-log.ts'
import { databaseName, openStores } from './open-stores.ts'
import { openTracing } from './open-tracing.ts'
import { type OperatorKey, readOperatorKey } from './operator-key.ts'
import { type Running, shutDown } from './shutdown.ts'
import { type ServerEnd, watchEnd } from './watch-end.ts'

/** Serves until a signal comes, or a mistake that nobody expected. */
export async function serve(context: Context): Promise<Ending> {
  const { configuration, world } = context
  const log = openLog(configuration.logLevel, world)
  const end = watchEnd(log)
  const running: Running = {}
  const starting = start(context, running, log, end)
  try {
    await Promise.race([starting, aborted(end.stop)])
    await aborted(end.stop)
    await drain(running, configuration.drainMs, end, log)
    // What is half up cannot be closed.
    await Promise.race([starting.catch(() => {}), aborted(end.hurry)])
    const isClean = await shutDown(running, configuration.shutdownMs, end.hurry)
    log.logger.info(isClean ? 'stopped' : 'stopped; not everything was finished in time')
    return end.ending(isClean)
  } catch (error) {
    await shutDown(running, 0, end.hurry)
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

async function start(context: Context, running: Running, log: Log, end: ServerEnd): Promise<void> {
  const { configuration } = context
  for (const warning of configuration.warnings) log.logger.warn(warning)
  await requireFreePort(configuration)
  // Loaded while PostgreSQL starts: the two take about as long.
  let loading: Promise<typeof import('./open-server.ts')> | undefined
  const load = () => (loading ??= import('./open-server.ts'))
  await openStores(configuration, running, log.logger, { stop: end.stop, meanwhile: load })
  const { engine, database, embedded } = running
  if (!engine || !database || end.stop.aborted) return
  const key = await readOperatorKey(configuration.operatorKey, embedded?.dataDir ?? null)
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
  const parts = { configuration, access, logger: log.logger, engine, database, clock, tracing }
  const { openServer } = await load()
  running.server = await openServer(parts)
  const url = await listen(running, configuration)
  const readiness = await readinessOf({ ...running, access, engine }, context, url, key)
  const development = await develop(configuration, { ...running, access, engine })
  greet(context, { ...readiness, development })
}

async function readinessOf(
  running: Running & { access: Access; engine: Engine },
  { configuration, world }: Context,
  url: string,
  operatorKey: OperatorKey,
): Promise<Omit<Readiness, 'development'>> {
  const hasDemo = await running.engine.getShow(CINEMA_SHOW.key).then(
    () => true,
    () => false,
  )
  const database = databaseName(running, configuration)
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

/** Why a server cannot listen, in words for who set PORT and HOST. */
const LISTEN_PROBLEMS: Readonly<Record<string, [Ending, (at: Configuration) => string]>> = {
  EADDRINUSE: [
    'taken',
    ({ host, port }) =>
      `Port ${port} of ${host} is in use by another process. Stop that one, or set PORT to a ` +
      'free port (PORT=0 takes any).',
  ],
  EACCES: ['usage', ({ port }) => `Port ${port} is not allowed here. Set PORT to one above 1023.`],
  EADDRNOTAVAIL: ['usage', ({ host }) => `HOST ${host} is no address of this machine.`],
  ENOTFOUND: ['usage', ({ host }) => `HOST ${host} is not known here.`],
}

async function listen(running: Running, configuration: Configuration): Promise<string> {
  const { host, port } = configuration
  try {
    const url = (await running.server?.listen({ host, port })) ?? ''
    // An address that means "all of them" is none that a browser can open.
    return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
  } catch (error) {
    throw listenError(error, configuration)
  }
}

/** Looked at before anything else, so that nobody waits for a database that is of no use then. */
async function requireFreePort(configuration: Configuration): Promise<void> {
  const { host, port } = configuration
  const probe = createServer()
  try {
    probe.listen({ host, port })
    await once(probe, 'listening')
  } catch (error) {
    throw listenError(error, configuration)
  }
  probe.close()
  await once(probe, 'close')
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
