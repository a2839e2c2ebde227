/** Clients of a stream, many in one process: plain sockets that note when each event arrives. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { answerParent } from './child.ts'

/** Questions to listeners. */
export type ListenersQuestion =
  | {
      readonly kind: 'listen'
      readonly port: number
      readonly show: string
      readonly count: number
    }
  /** Forgets what arrived before. */
  | { readonly kind: 'clear' }
  /** Delays after the given instants (by version, see `instant`) at which the events arrived. */
  | { readonly kind: 'delays'; readonly writtenAt: ReadonlyMap<number, number> }
  | { readonly kind: 'hang up' }

/** Milliseconds, and how many arrived of how many. */
export interface Delays {
  readonly p50: number
  readonly p99: number
  readonly max: number
  readonly arrived: number
  readonly expected: number
}

/** Milliseconds on a clock that all processes of a machine share. */
export function instant(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

const ID = /\nid: (\d+)\n/g
const CONNECTS_AT_ONCE = 200

let sockets: Socket[] = []
/** For each listener, the last version that arrived; for each version, when it arrived where. */
const arrivals: { version: number; from: number; at: number }[] = []

async function listen({ port, show, count }: { port: number; show: string; count: number }) {
  while (sockets.length < count) {
    const few = Math.min(CONNECTS_AT_ONCE, count - sockets.length)
    const opened = Array.from({ length: few }, () => open(port, show))
    sockets.push(...(await Promise.all(opened)))
  }
}

async function open(port: number, show: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.setEncoding('latin1')
  socket.write(`GET /v1/shows/${show}/stream HTTP/1.1\r\nhost: bench\r\n\r\n`)
  let last = 0
  const told = new Promise<void>((resolve) => {
    socket.on('data', (text: string) => {
      const at = instant()
      for (const match of text.matchAll(ID)) {
        const version = Number(match[1])
        arrivals.push({ version, from: last, at })
        last = version
        resolve()
      }
    })
  })
  await told
  return socket
}

/** An event tells of all versions since the one before it. */
function delays(writtenAt: ReadonlyMap<number, number>): Delays {
  const all: number[] = []
  for (const { version, from, at } of arrivals) {
    for (let each = from + 1; each <= version; each++) {
      const since = writtenAt.get(each)
      if (since !== undefined) all.push(at - since)
    }
  }
  all.sort((one, two) => one - two)
  const part = (share: number) => all[Math.floor((all.length - 1) * share)] ?? Number.NaN
  const expected = writtenAt.size * sockets.length
  return { p50: part(0.5), p99: part(0.99), max: part(1), arrived: all.length, expected }
}

function hangUp(): void {
  for (const socket of sockets) socket.destroy()
  sockets = []
  arrivals.length = 0
}

async function answer(question: ListenersQuestion): Promise<Delays | undefined> {
  if (question.kind === 'listen') await listen(question)
  if (question.kind === 'clear') arrivals.length = 0
  if (question.kind === 'delays') return delays(question.writtenAt)
  if (question.kind === 'hang up') hangUp()
  return undefined
}

if (process.send !== undefined) answerParent(answer)
