import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { type EmbeddedSettings, startEmbedded } from '../../src/db/embedded.ts'

const PROCESS = fileURLToPath(new URL('./embedded-process.ts', import.meta.url))

/** Report of `embedded-process.ts` when its PostgreSQL is up. */
export interface EmbeddedReport {
  readonly postmasterPid: number
  readonly ownerConfig: pg.ClientConfig
  readonly adopted: boolean
  readonly messages: readonly string[]
}

const ENDINGS = new WeakMap<TestContext, (() => Promise<void>)[]>()

/** Like `test.after`, but the last comes first: a directory must not go before what runs in it. */
export function atEnd(test: TestContext, ending: () => Promise<void>): void {
  const endings = ENDINGS.get(test) ?? []
  if (endings.length === 0) {
    ENDINGS.set(test, endings)
    test.after(async () => {
      for (const end of endings.reverse()) await end()
    })
  }
  endings.push(ending)
}

/** An empty directory that everybody may enter, removed after the test with all that is in it. */
export async function useDirectory(test: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-embedded-'))
  await chmod(directory, 0o755)
  atEnd(test, () => rm(directory, { recursive: true, force: true }))
  return directory
}

/** A durable PostgreSQL in this process, stopped after the test. */
export async function useEmbedded(test: TestContext, settings: EmbeddedSettings) {
  const database = await startEmbedded(settings)
  atEnd(test, () => database.stop())
  return database
}

/** A durable PostgreSQL in a process of its own, which may be killed. */
export async function spawnEmbedded(
  dataDir: string,
  uid?: number,
): Promise<{ process: ChildProcess; report: EmbeddedReport; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [PROCESS, dataDir], {
    stdio: 'pipe',
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  const ended = once(child, 'close')
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(([code]) =>
      Promise.reject(new Error(`embedded-process ended with ${code}: ${said}`)),
    ),
  ])
  const stop = async () => {
    child.stdin.end()
    await ended
  }
  return { process: child, report: JSON.parse(line as string) as EmbeddedReport, stop }
}
