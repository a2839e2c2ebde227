import type { buildConnector } from 'undici'
import {
  type Answer,
  ClosedMeanwhileError,
  Connection,
  LateError,
  type Letter,
} from './connection.ts'
import { Places } from './places.ts'

export type { Answer } from './connection.ts'

const COUNT_MAX = 16

/**
 * Connections to one origin: sixteen at most. They are chosen here, and not by undici's `Pool`,
 * which would open a second one for an event that follows an answer at once, as ours do.
 */
export class Connections {
  readonly #origin: string
  readonly #connect: buildConnector.connector
  readonly #places = new Places(COUNT_MAX)
  readonly #open = new Set<Connection>()
  #isClosed = false

  constructor(origin: string, connect: buildConnector.connector) {
    this.#origin = origin
    this.#connect = connect
  }

  /**
   * Sends a letter, and reads the answer. A receiver may close a connection that was kept while the
   * next event is on its way. That says nothing about the receiver, so the event is sent again at
   * once, until a new connection is used. Throws when that breaks, and when time is up.
   */
  async ask(letter: Letter, endAt: number): Promise<Answer> {
    await this.#places.enter()
    try {
      for (;;) {
        if (performance.now() >= endAt) throw new LateError()
        try {
          return await this.#free().ask(letter, endAt)
        } catch (error) {
          if (!(error instanceof ClosedMeanwhileError)) throw error
        }
      }
    } finally {
      this.#places.leave()
    }
  }

  close(): void {
    this.#isClosed = true
    for (const connection of this.#open) connection.hangUp(new Error(CLOSED))
  }

  /** Takes the first that is free, so that those that a quiet time has no use for are closed. */
  #free(): Connection {
    if (this.#isClosed) throw new Error(CLOSED)
    for (const connection of this.#open) if (!connection.isBusy) return connection
    const connection = new Connection(this.#origin, this.#connect, () =>
      this.#open.delete(connection),
    )
    this.#open.add(connection)
    return connection
  }
}

const CLOSED = 'This server is closing.'
