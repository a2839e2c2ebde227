import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type { Mark } from '../../../verify/index.ts'

/** Runs a shell command at about the middle of a round, and says from when until when it ran. */
export async function runFaultCommand(command: string, endAt: number): Promise<Mark> {
  const now = () => performance.timeOrigin + performance.now()
  await delay(Math.max(0, (endAt - now()) / 2))
  const startedAt = now()
  const child = spawn(command, { shell: true, stdio: 'ignore' })
  await once(child, 'exit').catch(() => [])
  return { line: 'mark', what: command, startedAt, endedAt: now() }
}
