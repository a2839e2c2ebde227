import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ServerProcess } from '../../rig/index.ts'
import type { TestDatabase } from './database.ts'
import { atEnd } from './embedded.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

type Environment = Readonly<Record<string, string>>

/** End of a command, and what it said. */
export interface CommandResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Standard output as JSON; fails where it is none. */
  readonly json: <T>() => T
}

/** A server that runs, as it told with `--json`. */
export interface RunningServer {
  readonly process: ChildProcess
  readonly url: string
  readonly operatorKey: string | null
  readonly demoShow: string | null
  /** With `rowlock dev` alone. */
  readonly testKey: string | null
  readonly webhookSecret: string | null
  /** Reads what it has logged so far. */
  log(): string
  /** Sends the signal and waits for the end; answers the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

type Told = Pick<RunningServer, 'operatorKey' | 'demoShow'> &
  Partial<Pick<RunningServer, 'testKey' | 'webhookSecret'>>

/** An environment without the settings of whoever runs the tests. */
export function cleanEnvironment(environment: Environment): NodeJS.ProcessEnv {
  const own =
    /^(ROWLOCK_|DATABASE_URL$|PORT$|HOST$|LOG_LEVEL$|PG|FORCE_COLOR$|NODE_(TEST|COMPILE)|OTEL_)/
  const inherited = Object.entries(process.env).filter(([name]) => !own.test(name))
  return { ...Object.fromEntries(inherited), ...environment }
}

/** The environment for commands on a test database, whose cluster is not durable. */
export function environmentOf(database: TestDatabase): Environment {
  return { DATABASE_URL: database.ownerUrl, ROWLOCK_ALLOW_UNSAFE_DURABILITY: 'true' }
}

/** Runs `rowlock` with these arguments to its end, as a process of its own. */
export async function rowlock(
  args: readonly string[],
  environment: Environment = {},
  options: { input?: string; main?: string } = {},
): Promise<CommandResult> {
  const child = spawn(process.execPath, [options.main ?? MAIN, ...args], {
    env: cleanEnvironment(environment),
    stdio: 'pipe',
  })
  const ended = once(child, 'close')
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await ended
  return { code, stdout, stderr, json: () => JSON.parse(stdout) }
}

/**
 * Starts `rowlock serve`, or another command that serves, on a free port and waits until it is
 * ready; killed after the test.
 */
export async function startServer(
  test: TestContext,
  environment: Environment,
  command: readonly string[] = ['serve'],
): Promise<RunningServer> {
  const server = await ServerProcess.start({
    command: [process.execPath, MAIN, ...command],
    environment: cleanEnvironment({ PORT: '0', ...environment }),
  })
  atEnd(test, async () => {
    await server.end('SIGTERM')
  })
  const { operatorKey, demoShow, testKey = null, webhookSecret = null } = server.told as Told
  return {
    process: server.child,
    url: server.url,
    operatorKey,
    demoShow,
    testKey,
    webhookSecret,
    log: () => server.log,
    end: (signal) => server.end(signal),
  }
}
