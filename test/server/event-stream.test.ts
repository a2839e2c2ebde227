/** Events on the wire: at once, and in the form that each client reads. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { writeAtOnce } from '../../src/server/event-stream.ts'
import { openSocket, sendRaw } from './raw-request.ts'

const EVENTS = ['one', 'two, of the seat Ä1', 'three'].map((text) => Buffer.from(`${text}\n\n`))
const FAREWELL = Buffer.from('retry: 1\n\n')
const ALL = [...EVENTS, FAREWELL].join('')

type Open = (answer: ServerResponse) => void
/** Serves a stream under `/stream`, and elsewhere an answer that takes a while. */
let open: Open = () => {}
const server = createServer((request, answer) => {
  if (request.url !== '/stream') {
    setTimeout(() => answer.end('slow'), 50)
    return
  }
  answer.writeHead(200, { 'content-type': 'text/event-stream', connection: 'close' })
  open(answer)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
after(() => server.close())
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

function tellAll(answer: ServerResponse): void {
  const stream = writeAtOnce(answer, answer.req.socket)
  for (const event of EVENTS) stream.write(event)
  stream.end(FAREWELL)
}

function ask(version: string, path = '/stream'): string {
  return `GET ${path} HTTP/${version}\r\nhost: x\r\n\r\n`
}

test('a client of HTTP/1.1 reads the events as chunks', async () => {
  open = tellAll
  const answer = await fetch(`${url}/stream`)
  assert.equal(await answer.text(), ALL)
  assert.match(await sendRaw(url, ask('1.1')), /\r\n0\r\n\r\n$/)
})

test('a client of HTTP/1.0 reads them as they are', async () => {
  open = tellAll
  const [, body] = (await sendRaw(url, ask('1.0'))).split('\r\n\r\n')
  assert.equal(body, ALL)
})

test('events wait for the answer to an earlier request of the connection', async () => {
  open = tellAll
  const text = await sendRaw(url, ask('1.1', '/slow') + ask('1.1'))
  const [slow = '', stream = ''] = text.split(/(?<=slow)/)
  assert.match(slow, /^HTTP\/1\.1 200 OK\r\n/)
  assert.match(stream, /^HTTP\/1\.1 200 OK\r\n/)
  const chunks = [...EVENTS, FAREWELL].map(
    (event) => `${event.length.toString(16)}\r\n${event}\r\n`,
  )
  const [, body] = stream.split(/\r\n\r\n(.*)/s)
  assert.equal(Buffer.from(body ?? '').toString(), `${chunks.join('')}0\r\n\r\n`)
})

/** Writes two events a turn apart; says how many bytes had left when the second call returned. */
async function bytesAtOnce(write: (answer: ServerResponse, event: Buffer) => void) {
  const { promise, resolve } = Promise.withResolvers<number>()
  open = (answer) => {
    write(answer, EVENTS[0] as Buffer)
    setImmediate(() => {
      const { socket } = answer.req
      const before = socket.bytesWritten - socket.writableLength
      write(answer, EVENTS[1] as Buffer)
      resolve(socket.bytesWritten - socket.writableLength - before)
      answer.end()
    })
  }
  const socket = await openSocket(url)
  socket.write(ask('1.1'))
  await once(socket.resume(), 'close')
  return await promise
}

test('an event has left when its turn ends, so that telling a crowd can be timed', async () => {
  const streams = new WeakMap<ServerResponse, ServerResponse>()
  const atOnce = await bytesAtOnce((answer, event) => {
    const stream = streams.get(answer) ?? writeAtOnce(answer, answer.req.socket)
    streams.set(answer, stream)
    stream.write(event)
  })
  assert.ok(atOnce > (EVENTS[1] as Buffer).length, `${atOnce} bytes`)
  // As node does it.
  assert.equal(await bytesAtOnce((answer, event) => answer.write(event)), 0)
})
