/**
 * Runs what `npm start` runs: the command line's `serve`, with a database of its own and its log
 * on.
 */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ServerProcess } from '../../rig/index.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const READY_MS_MAX = 120_000

/** A server that was started as its users start it. */
export interface StartedServer {
  readonly port: number
  readonly pid: number
  stop(): Promise<void>
}

/** Resolves when it is ready to serve. Everything it writes is below `parent`. */
export async function startAsUsersDo(parent: string, operatorKey: string): Promise<StartedServer> {
  const directory = join(parent, `started-${process.pid}`)
  await mkdir(directory, { recursive: true })
  const server = await ServerProcess.start({
    command: [process.execPath, MAIN, 'serve'],
    logPath: join(directory, 'log'),
    readyMsMax: READY_MS_MAX,
    environment: {
      ...process.env,
      PORT: '0',
      ROWLOCK_DATA_DIR: join(directory, 'data'),
      ROWLOCK_OPERATOR_KEY: operatorKey,
      ROWLOCK_DEMO: 'false',
      DATABASE_URL: '',
    },
  })
  return {
    port: Number(new URL(server.url).port),
    pid: server.pid as number,
    stop: async () => {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
