import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { StageError } from './fetch-value.ts'
import { isReady } from './ready.ts'

/** How to start servers. */
export interface OwnServersSettings {
  readonly count: number
  /** The program and its arguments, such as `node`, `main.js`, `serve`. */
  readonly command: readonly [string, ...string[]]
  /** Without `HOST` and `PORT`: those are ours. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Where each server's output goes: `server-1.log` and so on. */
  readonly logDir: string
}

/** Servers in processes of their own, each on a free port of the loopback. */
export interface OwnServers {
  readonly urls: readonly string[]
  readonly pids: () => readonly (number | undefined)[]
  /** `kill -9`, then the same server again; resolves when it is ready. */
  kill(index: number): Promise<void>
  /** Stops all of them in order; what does not stop in time is killed. */
  stop(): Promise<void>
}

const HOST = '127.0.0.1'
const READY_MS_MAX = 60_000
const STOP_MS_MAX = 20_000
const PAUSE_MS = 50
const LOG_TAIL = 2_000

/** Starts servers and waits until all are ready. Throws `StageError` with the end of the log. */
export async function startOwnServers(settings: OwnServersSettings): Promise<OwnServers> {
  const ports = await freePorts(settings.count)
  const urls = ports.map((port) => `http://${HOST}:${port}`)
  const processes: ChildProcess[] = []
  let isStopping = false
  const start = async (index: number) => {
    const child = spawnServer(settings, index, ports[index] as number)
    processes[index] = child
    await untilServing(child, urls[index] as string, logPath(settings, index))
    if (isStopping) await end(child)
  }
  const stop = async () => {
    isStopping = true
    await Promise.all(processes.map(end))
  }
  try {
    await Promise.all(ports.map((_, index) => start(index)))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    urls,
    pids: () => processes.map(({ pid }) => pid),
    kill: async (index) => {
      const child = processes[index] as ChildProcess
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
      await start(index)
    },
    stop,
  }
}

function logPath({ logDir }: OwnServersSettings, index: number): string {
  return join(logDir, `server-${index + 1}.log`)
}

function spawnServer(settings: OwnServersSettings, index: number, port: number): ChildProcess {
  const [program, ...args] = settings.command
  const child = spawn(program, args, {
    env: { ...settings.environment, HOST, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log = createWriteStream(logPath(settings, index), { flags: 'a' })
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  child.once('close', () => log.end())
  child.once('error', (error) => log.end(`${error.message}\n`))
  return child
}

async function untilServing(child: ChildProcess, url: string, log: string): Promise<void> {
  const giveUpAt = performance.now() + READY_MS_MAX
  while (performance.now() < giveUpAt && child.exitCode === null && child.signalCode === null) {
    if (await isReady(url)) return
    await delay(PAUSE_MS)
  }
  const said = await readFile(log, 'utf8').catch(() => '')
  throw new StageError(`The server at ${url} did not come up.\n${said.slice(-LOG_TAIL)}`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX)
  await ended
  clearTimeout(timer)
}

/** Ports that were free a moment ago, all different. */
async function freePorts(count: number): Promise<number[]> {
  const listeners = await Promise.all(
    Array.from({ length: count }, async () => {
      const listener = createServer().listen(0, HOST)
      await once(listener, 'listening')
      return listener
    }),
  )
  return Promise.all(
    listeners.map(async (listener) => {
      const address = listener.address()
      listener.close()
      await once(listener, 'close')
      return typeof address === 'object' && address ? address.port : 0
    }),
  )
}
