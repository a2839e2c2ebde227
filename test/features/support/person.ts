import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Block, Booking, Hold } from '../../../src/protocol/index.ts'
import { type Answer, type Call, send } from './http.ts'
import { OPERATOR_KEY } from './running-server.ts'

/** Options of a request besides its body. */
export interface SendOptions {
  /** The idempotency key; none by default, as a plain client would do. */
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Somebody in a scenario: speaks to one server, and remembers what was said last. */
export class Person {
  readonly name: string
  readonly isBoxOffice: boolean
  /** Server that requests go to; scenarios about several servers change it. */
  serverUrl: string
  call: Call | null = null
  answer: Answer | null = null
  /** Milliseconds that the last answer took. */
  waitedMs = 0
  /** Things that the person would know by heart: the last of each. */
  hold: Hold | null = null
  booking: Booking | null = null
  block: Block | null = null

  constructor(name: string, isBoxOffice: boolean, serverUrl: string) {
    this.name = name
    this.isBoxOffice = isBoxOffice
    this.serverUrl = serverUrl
  }

  /** Sends a request and remembers both sides. */
  async send(
    method: Call['method'],
    path: string,
    body?: unknown,
    options: SendOptions = {},
  ): Promise<Answer> {
    const headers = {
      ...(this.isBoxOffice ? { authorization: `Bearer ${OPERATOR_KEY}` } : {}),
      ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
      ...options.headers,
    }
    return await this.sendCall({ method, path, headers, ...(body === undefined ? {} : { body }) })
  }

  /** Sends a request that may have been sent before. */
  async sendCall(call: Call): Promise<Answer> {
    this.call = call
    const startedAt = performance.now()
    this.answer = await send(this.serverUrl, call)
    this.waitedMs = performance.now() - startedAt
    // A bug, whatever the scenario is about: no step may pass over it.
    assert.notEqual(this.answer.status, 500, `${call.method} ${call.path}: an internal error`)
    if (this.answer.status < 300) this.remember(this.answer.body)
    return this.answer
  }

  /** Ids tell what an answer is about. */
  remember(body: unknown): void {
    const { id } = body as { id?: unknown }
    if (typeof id !== 'string') return
    if (id.startsWith('hold_')) this.hold = body as Hold
    if (id.startsWith('book_')) this.booking = body as Booking
    if (id.startsWith('block_')) this.block = body as Block
  }

  /** The last request, or a failure that says who has not asked anything yet. */
  get lastCall(): Call {
    if (!this.call) throw new Error(`${this.name} has not asked anything yet.`)
    return this.call
  }

  /** The last answer, likewise. */
  get lastAnswer(): Answer {
    if (!this.answer) throw new Error(`${this.name} has not been answered yet.`)
    return this.answer
  }
}

/** A key as our SDK makes them. */
export function newKey(): string {
  return randomUUID()
}
