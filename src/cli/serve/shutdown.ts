import { setTimeout as delay } from 'node:timers/promises'
import type { Access } from '../../auth/index.ts'
import type { Database, EmbeddedDatabase, MovableClock } from '../../db/index.ts'
import type { Engine } from '../../engine/index.ts'
import type { Server } from '../../server/index.ts'
import type { Tracing } from './open-tracing.ts'

/** Processes that serve for this one. */
interface Workers {
  close(): Promise<void>
  signal(signal: NodeJS.Signals): void
}

/** Parts that run, as far as they have come up; closed in the opposite order. */
export interface Running {
  /** Workers of a primary, which has nothing else but perhaps an embedded database. */
  crew?: Workers
  server?: Server
  access?: Access
  engine?: Engine
  database?: Database
  embedded?: EmbeddedDatabase
  tracing?: Tracing
  /** With `rowlock dev` alone. Nothing has to be closed. */
  clock?: MovableClock
}

/** After the deadline, what is left is closed at once. */
const LAST_MS = 2_000

/**
 * Closes everything: the server answers what it has accepted, the engine finishes what it has
 * begun, then the database. What has not ended by the deadline, or when `hurry` aborts, is cut off;
 * an embedded PostgreSQL is stopped properly in any case. Answers whether nothing was cut off.
 */
export async function shutDown(
  running: Running,
  deadlineMs: number,
  hurry: AbortSignal,
): Promise<boolean> {
  const { crew, server, database, embedded, tracing } = running
  const work = finish(running, deadlineMs)
  const isDone = await Promise.race([
    work.then(
      () => true,
      () => false,
    ),
    delay(deadlineMs, false, { signal: hurry }).catch(() => false),
  ])
  if (!isDone) {
    await Promise.race([server?.close(0), delay(LAST_MS)])
    crew?.signal('SIGKILL')
  }
  await Promise.race([Promise.all([database?.close(), tracing?.close()]), delay(LAST_MS)])
  await embedded?.stop()
  return isDone
}

async function finish(running: Running, deadlineMs: number): Promise<void> {
  const { crew, server, access, engine } = running
  await crew?.close()
  await server?.close(deadlineMs)
  await access?.close()
  await engine?.close()
}
