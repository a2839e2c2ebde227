/** Connections that come while the process is busy. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { useTestDatabase } from '../support/database.ts'
import { useListening } from '../support/servers.ts'

/** More than the 511 that node would let wait. */
const COUNT = 700
const WAIT_MS = 800
const CLIENTS = `
const { connect } = require('node:net')
const { workerData: { port, count, shared } } = require('node:worker_threads')
const connected = new Int32Array(shared)
Atomics.wait(connected, 1, 0)
for (let n = 0; n < count; n++) {
  connect(port, '127.0.0.1', () => {
    Atomics.add(connected, 0, 1)
    if (connected[0] === count) Atomics.notify(connected, 0)
  })
}`

const server = await useListening(await useTestDatabase('backlog'))
const allowed = Number(await readFile('/proc/sys/net/core/somaxconn', 'utf8').catch(() => 0))

test('who connects while the process is busy need not try again', async (context) => {
  if (allowed < COUNT) return context.skip('this system lets fewer wait')
  const shared = new SharedArrayBuffer(8)
  const connected = new Int32Array(shared)
  const port = Number(new URL(server.url).port)
  const workerData = { port, count: COUNT, shared }
  const clients = new Worker(CLIENTS, { eval: true, workerData })
  await new Promise((resolve) => clients.once('online', resolve))
  // From here on this thread, which is the server's, does nothing else but wait.
  Atomics.store(connected, 1, 1)
  Atomics.notify(connected, 1)
  const until = performance.now() + 10_000
  while (Atomics.load(connected, 0) < COUNT && performance.now() < until) {
    Atomics.wait(connected, 0, Atomics.load(connected, 0), WAIT_MS)
  }
  const count = Atomics.load(connected, 0)
  await clients.terminate()
  assert.equal(count, COUNT)
})
