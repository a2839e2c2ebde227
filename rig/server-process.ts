import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

/** Settings of a server process. */
export interface ServerProcessSettings {
  /** The program and its arguments, such as `node`, `main.js`, `serve`; it is told `--json`. */
  readonly command: readonly [string, ...string[]]
  /** All of it: nothing is inherited. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** A file that its log goes to besides. */
  readonly logPath?: string
  /** Milliseconds until it is ready; two minutes when left out. */
  readonly readyMsMax?: number
}

const READY_MS_MAX = 120_000
const STOP_MS_MAX = 20_000
/** Characters of the log that are kept for those who ask what went wrong. */
const LOG_MAX = 1_000_000
const LOG_TAIL = 2_000

/** A server in a process of its own, which has said that it is ready. */
export class ServerProcess {
  readonly child: ChildProcess
  readonly #ended: Promise<unknown>
  #told: Readonly<Record<string, unknown>> = {}
  #log = ''

  private constructor({ command, environment, logPath }: ServerProcessSettings) {
    const [program, ...args] = command
    this.child = spawn(program, [...args, '--json'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#ended = new Promise((resolve) => this.child.once('close', resolve))
    this.child.once('error', ({ message }) => this.#note(message))
    this.child.stderr?.setEncoding('utf8').on('data', (part) => this.#note(part))
    if (logPath !== undefined) {
      const file = createWriteStream(logPath, { flags: 'a' })
      // A directory that is taken away meanwhile is no reason to fall.
      file.on('error', () => {})
      this.child.stderr?.pipe(file)
    }
  }

  /** Resolves when it serves. Throws, with the end of its log, when it does not come up. */
  static async start(settings: ServerProcessSettings): Promise<ServerProcess> {
    const server = new ServerProcess(settings)
    const readyMsMax = settings.readyMsMax ?? READY_MS_MAX
    const tooLate = AbortSignal.timeout(readyMsMax)
    const line = await Promise.race([
      server.#firstLine(),
      server.#ended.then(() => null),
      once(tooLate, 'abort').then(() => null),
    ])
    if (line === null) {
      await server.end('SIGKILL')
      throw new Error(`The server did not come up.\n${server.#log.slice(-LOG_TAIL)}`)
    }
    server.#told = JSON.parse(line)
    return server
  }

  /** Fields that it told of itself when it was ready. */
  get told(): Readonly<Record<string, unknown>> {
    return this.#told
  }

  get url(): string {
    return String(this.#told.url)
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  /** Its log, or the last million characters of it. */
  get log(): string {
    return this.#log
  }

  /** Sends the signal and waits for the end; answers the exit code. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal)
    }
    await this.#ended
    return this.child.exitCode
  }

  /** Has it finish what it does; what has not ended in time is killed. */
  async stop(): Promise<void> {
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS_MAX)
    await this.end('SIGTERM')
    clearTimeout(timer)
  }

  #note(text: string): void {
    this.#log += text
    if (this.#log.length > 2 * LOG_MAX) this.#log = this.#log.slice(-LOG_MAX)
  }

  #firstLine(): Promise<string> {
    let text = ''
    return new Promise((resolve) => {
      this.child.stdout?.setEncoding('utf8').on('data', (part: string) => {
        if (text.includes('\n')) return
        text += part
        if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
      })
    })
  }
}
