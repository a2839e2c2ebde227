import { after } from 'node:test'
import type { Caller, WriteRequest } from '../../src/calls/index.ts'
import { type DatabaseSettings, openDatabase } from '../../src/db/database.ts'
import { type Engine, type EngineSettings, openEngine } from '../../src/engine/index.ts'
import { type CreateShowBody, newUuid, Refusal } from '../../src/protocol/index.ts'
import { SHOW } from './kernel.ts'

/** An engine with a database door of its own, as another server has. */
export async function openServer(
  settings: DatabaseSettings,
  engineSettings: Partial<EngineSettings> = {},
): Promise<{ engine: Engine; close(): Promise<void> }> {
  const database = await openDatabase(settings)
  const engine = openEngine(database, engineSettings)
  const close = async () => {
    await engine.close()
    await database.close()
  }
  return { engine, close }
}

/** Starts a server that is closed when the file's last test is over. */
export async function useServer(
  settings: DatabaseSettings,
  engineSettings: Partial<EngineSettings> = {},
): Promise<Engine> {
  const server = await openServer(settings, engineSettings)
  after(() => server.close())
  return server.engine
}

/** Somebody who buys; idempotency keys belong to the name. */
export function shopper(name: string): Caller {
  return {
    scope: name,
    actor: name,
    owner: null,
    boxOffice: false,
    seller: false,
    heldSeatsMax: null,
  }
}

/** A write of theirs, under a key if one is given. */
export function by(name: string, idempotencyKey: string | null = null): WriteRequest {
  return { caller: shopper(name), idempotencyKey }
}

/** Creates a show with seats of its own and answers its key. */
export async function createShow(
  engine: Engine,
  seats: readonly string[] | { rows: string; seatsPerRow: number },
  terms: Partial<Omit<CreateShowBody, 'key' | 'seats'>> = {},
): Promise<string> {
  const key = newUuid()
  const startsAt = '2030-01-01T20:00:00Z'
  const own = Array.isArray(seats) ? [...seats] : seats
  const body = { ...SHOW, title: 'A play', startsAt, ...terms, key, seats: own }
  await engine.createShow(by('operator'), body as CreateShowBody)
  return key
}

/** `done`, or the code of the refusal; any other error is thrown. */
export async function codeOf(answer: Promise<unknown>): Promise<string> {
  try {
    await answer
    return 'done'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

/** Counts how often each word occurs. */
export function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
