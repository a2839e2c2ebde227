import { hash } from 'node:crypto'
import type { Attempt, JsonObject, Line, PageAsked } from '../history/history.ts'
import { now, type Wire } from './wire.ts'

/** Somebody with a credential of their own. */
export interface Caller {
  readonly name: string
  readonly token: string | null
  readonly isStaff: boolean
  /** May cancel, swap and hand on what it sold: partners and the desk. */
  readonly sells: boolean
}

/** One request of a client, before it is sent. */
export interface Ask {
  readonly caller: Caller
  readonly operation: Attempt['operation']
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly show: string
  readonly target: string | null
  readonly key: string | null
  readonly body: JsonObject | null
  readonly page?: PageAsked
}

/** Sends requests and writes down each attempt: when it began, when it ended, what came back. */
export class Recorder {
  readonly wires: readonly Wire[]
  readonly #write: (line: Line) => void
  #count = 0

  constructor(wires: readonly Wire[], write: (line: Line) => void) {
    this.wires = wires
    this.#write = write
  }

  get count(): number {
    return this.#count
  }

  /** One attempt at one server. Never throws. */
  async attempt(ask: Ask, server: number): Promise<Attempt> {
    this.#count += 1
    const no = this.#count
    const { method, path, body, key, caller, page } = ask
    const wire = this.wires[server] as Wire
    const startedAt = now()
    const answer = await wire.send({ method, path, body, key, token: caller.token })
    const attempt: Attempt = {
      line: 'attempt',
      no,
      caller: caller.name,
      server,
      operation: ask.operation,
      show: ask.show,
      target: ask.target,
      key,
      body,
      ...(page && { page }),
      bodyHash: body === null ? null : hash('sha256', JSON.stringify(body)).slice(0, 16),
      startedAt,
      endedAt: now(),
      status: answer.status,
      replayed: answer.replayed,
      answer: answer.body as JsonObject | null,
    }
    this.#write(attempt)
    return attempt
  }
}
