import { join } from 'node:path'
import { ServerProcess } from '../rig/index.ts'
import { StageError } from './fetch-value.ts'

/** Settings of servers that are started. */
export interface OwnServersSettings {
  readonly count: number
  /** The program and its arguments, such as `node`, `main.js`, `serve`. */
  readonly command: readonly [string, ...string[]]
  /** Without `HOST` and `PORT`: those are ours. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Directory for each server's output: `server-1.log` and so on. */
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

/** Starts servers and waits until all are ready. Throws `StageError` with the end of the log. */
export async function startOwnServers(settings: OwnServersSettings): Promise<OwnServers> {
  const { count, command, environment, logDir } = settings
  const servers: ServerProcess[] = []
  let isStopping = false
  const start = async (index: number) => {
    // One that starts again comes back to its address.
    const PORT = servers[index] === undefined ? '0' : new URL(servers[index].url).port
    const server = await ServerProcess.start({
      command,
      environment: { ...environment, HOST, PORT },
      logPath: join(logDir, `server-${index + 1}.log`),
    }).catch((error: Error) => Promise.reject(new StageError(error.message)))
    servers[index] = server
    if (isStopping) await server.stop()
  }
  const stop = async () => {
    isStopping = true
    await Promise.all(servers.map((server) => server.stop()))
  }
  const starts = await Promise.allSettled(Array.from({ length: count }, (_, index) => start(index)))
  const failed = starts.find((one) => one.status === 'rejected')
  if (failed) {
    await stop()
    throw failed.reason
  }
  return {
    urls: servers.map(({ url }) => url),
    pids: () => servers.map(({ pid }) => pid),
    kill: async (index) => {
      await servers[index]?.end('SIGKILL')
      await start(index)
    },
    stop,
  }
}
