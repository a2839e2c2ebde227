/** What `npm start` runs: the command line's `serve`, with a database of its own and its log on. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const PATIENCE_MS = 120_000
const STOP_MS_MAX = 20_000

/** A server that was started as its users start it. */
export class StartedServer {
  readonly port: number
  readonly #process: ChildProcess
  readonly #directory: string

  private constructor(port: number, child: ChildProcess, directory: string) {
    this.port = port
    this.#process = child
    this.#directory = directory
  }

  get pid(): number {
    return this.#process.pid as number
  }

  /** Resolves when it is ready to serve. Everything it writes is below `parent`. */
  static async start(parent: string, operatorKey: string): Promise<StartedServer> {
    const directory = join(parent, `started-${process.pid}`)
    await mkdir(directory, { recursive: true })
    const port = await freePort()
    const child = spawn(process.execPath, [MAIN, 'serve'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        PORT: String(port),
        ROWLOCK_DATA_DIR: join(directory, 'data'),
        ROWLOCK_OPERATOR_KEY: operatorKey,
        ROWLOCK_DEMO: 'false',
        DATABASE_URL: '',
      },
    })
    child.stderr?.pipe(createWriteStream(join(directory, 'log')))
    const server = new StartedServer(port, child, directory)
    await server.#untilReady()
    return server
  }

  async #untilReady(): Promise<void> {
    const giveUpAt = performance.now() + PATIENCE_MS
    while (performance.now() < giveUpAt && this.#process.exitCode === null) {
      const ready = await fetch(`http://127.0.0.1:${this.port}/health/ready`).catch(() => null)
      if (ready?.ok) return
      await delay(100)
    }
    throw new Error(`the server did not start; its log is in ${this.#directory}`)
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit')
      this.#process.kill('SIGTERM')
      await Promise.race([ended, delay(STOP_MS_MAX, undefined, { ref: false })])
    }
    await rm(this.#directory, { recursive: true, force: true })
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
