/** Receivers of webhooks, good ones and others, which note what arrived and when. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { constants, setPriority } from 'node:os'
import { createHistogram } from 'node:perf_hooks'
import type { Event } from '../../src/protocol/index.ts'
import { answerParent } from './child.ts'

/** Ways in which a receiver answers. Only `good` ones note what they are told. */
export type ReceiverKind = 'good' | 'hangs' | 'fails' | 'trickles' | 'redirects'

/**
 * Questions to the process: to open receivers, to leave the processor to everybody else, to forget,
 * to tell what arrived.
 */
export type ReceiverQuestion =
  | { readonly kind: 'open'; readonly receiver: ReceiverKind; readonly count: number }
  | { readonly kind: 'yield' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'figures' }

/** Arrivals. Delays in milliseconds, from the entry of the journal to here. */
export interface Arrivals {
  readonly count: number
  /** Different events, over all receivers together. */
  readonly distinct: number
  /** Events that arrived once more with other bytes than the first time. */
  readonly changed: number
  /** Events of a show that came for the first time after a later one of that show. */
  readonly outOfOrder: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

const TRICKLE_MS = 200
let count = 0
let changed = 0
let outOfOrder = 0
let bodies = new Map<string, string>()
let newest = new Map<string, number>()
const delays = createHistogram()

function note(body: string): void {
  const { id, at, show, version } = JSON.parse(body) as Event
  delays.record(Math.max(1, Date.now() - Date.parse(at)))
  count += 1
  const before = bodies.get(id)
  if (before !== undefined) {
    if (before !== body) changed += 1
    return
  }
  bodies.set(id, body)
  if (show === null) return
  const last = newest.get(show) ?? 0
  if (version < last) outOfOrder += 1
  newest.set(show, Math.max(last, version))
}

const ANSWERS: Readonly<Record<ReceiverKind, (response: ServerResponse) => void>> = {
  good: (response) => response.writeHead(204).end(),
  hangs: () => {},
  fails: (response) => response.writeHead(500).end('no'),
  redirects: (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
  trickles: (response) => {
    response.writeHead(200)
    const timer = setInterval(() => response.write('.'), TRICKLE_MS)
    response.on('close', () => clearInterval(timer))
  },
}

async function receive(
  kind: ReceiverKind,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  if (kind === 'good') note(Buffer.concat(parts).toString())
  ANSWERS[kind](response)
}

async function open(kind: ReceiverKind): Promise<string> {
  const server = createServer((request, response) => {
    // Who is killed in the middle of a delivery has not delivered it.
    receive(kind, request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return `http://127.0.0.1:${port}/hook`
}

function clear(): void {
  count = 0
  changed = 0
  outOfOrder = 0
  bodies = new Map()
  newest = new Map()
  delays.reset()
}

function figures(): Arrivals {
  const [p50, p99, max] = [delays.percentile(50), delays.percentile(99), delays.max]
  return { count, distinct: bodies.size, changed, outOfOrder, p50, p99, max }
}

answerParent(async (question: ReceiverQuestion) => {
  if (question.kind === 'yield') return setPriority(constants.priority.PRIORITY_LOW)
  if (question.kind === 'clear') return clear()
  if (question.kind === 'figures') return figures()
  return Promise.all(Array.from({ length: question.count }, () => open(question.receiver)))
})
