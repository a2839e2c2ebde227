import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { clientWith } from '../../src/client/create-client.ts'
import { type Connection, RowlockError, type ShowView } from '../../src/client/index.ts'
import { runs } from '../support/runs.ts'
import { FakeClock, settle } from './fake-clock.ts'
import { fakeNetwork, problem } from './fake-network.ts'

const AS_OF = '2030-01-01T00:00:00.000Z'

/** A stream that the test writes. */
class Line {
  readonly response: Response
  readonly url: string
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null

  constructor(url: string) {
    this.url = url
    const start = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      this.#controller = controller
    }
    this.response = new Response(new ReadableStream({ start }))
  }

  write(text: string): void {
    this.#controller?.enqueue(new TextEncoder().encode(text))
  }

  snapshot(version: number, statuses: string, holds: [number, number][] = []): void {
    const data = { show: 'hamlet', version, asOf: AS_OF, statuses, holds }
    this.write(`event: snapshot\nid: ${version}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  change(version: number, changes: [number, string, number | null][], more = {}): void {
    const data = { version, asOf: AS_OF, changes, ...more }
    this.write(`event: change\nid: ${version}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  end(): void {
    this.#controller?.close()
  }

  fail(): void {
    this.#controller?.error(new TypeError('terminated'))
  }
}

function open(refuse: (number: number) => Response | null = () => null) {
  const clock = new FakeClock()
  const lines: Line[] = []
  const network = fakeNetwork(({ url }, number) => {
    const refusal = refuse(number)
    if (refusal !== null) return refusal
    const line = new Line(url)
    lines.push(line)
    return line.response
  })
  const client = clientWith({ server: 'http://x', fetch: network.fetch }, clock)
  return { clock, client, lines, sent: network.sent }
}

const lettersOf = (view: ShowView | null) =>
  Array.from(view?.codes ?? [], (code) => 'ahbx'[code]).join('')

describe('a watch', () => {
  test('has a view that follows the events, and counts', async () => {
    const { client, lines, sent } = open()
    const changed: (readonly number[] | null)[] = []
    const watch = client.watchShow('hamlet', { onChange: (_view, seats) => changed.push(seats) })
    await settle()
    assert.equal(watch.view, null)
    assert.equal(sent[0]?.url, 'http://x/v1/shows/hamlet/stream')
    lines[0]?.snapshot(3, 'ahbxa', [[1, 5_000]])
    const view = await watch.ready
    assert.deepEqual([view.show, view.version, view.asOf, view.seatCount], ['hamlet', 3, AS_OF, 5])
    assert.deepEqual([view.statusOf(0), view.statusOf(3)], ['available', 'blocked'])
    assert.deepEqual([view.heldUntil(1), view.heldUntil(2)], [5_000, null])
    assert.deepEqual(view.counts, { total: 5, available: 2, held: 1, booked: 1, blocked: 1 })
    lines[0]?.change(4, [
      [0, 'h', 9_000],
      [2, 'b', null],
      [5, 'a', null],
    ])
    await settle()
    assert.deepEqual([lettersOf(view), view.version], ['hhbxaa', 4])
    assert.deepEqual(view.counts, { total: 6, available: 2, held: 2, booked: 1, blocked: 1 })
    // Seat 2 is what it was.
    assert.deepEqual(changed, [null, [0, 5]])
    watch.close()
  })

  test('knows the time of the database, whatever the clock of the machine says', async () => {
    const { clock, client, lines } = open()
    const watch = client.watchShow('hamlet')
    await settle()
    clock.time = 77_000
    lines[0]?.snapshot(1, 'a')
    const view = await watch.ready
    assert.equal(view.now(), Date.parse(AS_OF))
    clock.time += 250
    assert.equal(view.now(), Date.parse(AS_OF) + 250)
    watch.close()
  })

  test('comes back after its version, and frees what ran out meanwhile', async () => {
    const { clock, client, lines } = open()
    const watch = client.watchShow('hamlet')
    await settle()
    lines[0]?.snapshot(3, 'hha', [
      [0, 5_000],
      [1, 6_000],
    ])
    await watch.ready
    lines[0]?.fail()
    await settle()
    assert.equal(watch.connection.status, 'waiting')
    await clock.advance(500)
    assert.equal(lines[1]?.url, 'http://x/v1/shows/hamlet/stream?after=3')
    lines[1]?.change(3, [], { holds: [[1, 6_000]], seatCount: 4 })
    await settle()
    assert.equal(lettersOf(watch.view), 'ahaa')
    assert.equal(watch.connection.status, 'live')
    watch.close()
  })

  test('gives up a connection without a sign of life, but not one with heartbeats', async () => {
    const { clock, client, lines } = open()
    const watch = client.watchShow('hamlet')
    await settle()
    lines[0]?.snapshot(1, 'a')
    for (let beat = 0; beat < 10; beat++) {
      await clock.advance(15_000)
      lines[0]?.write(':\n\n')
      await settle()
    }
    assert.deepEqual([lines.length, watch.connection.status], [1, 'live'])
    await clock.advance(44_000)
    assert.equal(watch.connection.status, 'live')
    await clock.advance(2_000)
    assert.equal(lines.length, 2)
    assert.match(String(watch.connection.error?.message), /nothing came for 45000 ms/)
    watch.close()
  })

  test('waits as the server asks, longer after each failure, anew after an event', async () => {
    const seen: Connection[] = []
    const busy = () => problem('busy', 503, { headers: { 'retry-after': '5' } })
    const { clock, client, lines } = open((number) => (number === 0 || number > 1 ? busy() : null))
    clock.chance = 0.5
    const watch = client.watchShow('hamlet', { onConnection: (state) => seen.push(state) })
    await settle()
    assert.equal(watch.connection.retryInMs, 5_250)
    await clock.advance(5_250)
    lines[0]?.snapshot(1, 'a')
    lines[0]?.write('retry: 2000\n\n')
    await settle()
    lines[0]?.end()
    await settle()
    assert.equal(watch.connection.retryInMs, 2_250)
    await clock.advance(2_250)
    assert.equal(watch.connection.retryInMs, 5_500)
    assert.deepEqual(
      seen.map(({ status, failedCount }) => `${status} ${failedCount}`),
      ['connecting 0', 'waiting 1', 'connecting 1', 'live 0', 'waiting 1', 'connecting 1'].concat(
        'waiting 2',
      ),
    )
    watch.close()
  })

  test('ends with a refusal that will not change, and says so everywhere', async () => {
    const { client, sent } = open(() => problem('show_unknown', 404))
    const watch = client.watchShow('nothing')
    await assert.rejects(watch.ready, { code: 'show_unknown' })
    const { status, error } = watch.connection
    assert.ok(status === 'ended' && error instanceof RowlockError)
    await assert.rejects(async () => {
      for await (const _view of watch) assert.fail()
    }, error)
    assert.equal(sent.length, 1)
  })

  test('ends when it is closed or aborted, whatever it is doing', async () => {
    const abort = new AbortController()
    const { clock, client, lines, sent } = open()
    const watch = client.watchShow('hamlet', { signal: abort.signal })
    await settle()
    lines[0]?.snapshot(1, 'a')
    await settle()
    const versions: number[] = []
    const reading = (async () => {
      for await (const view of watch) versions.push(view.version)
    })()
    await settle()
    abort.abort()
    await reading
    assert.deepEqual([versions, watch.connection.status], [[1], 'ended'])
    await clock.advance(60_000)
    assert.equal(sent.length, 1)

    const early = client.watchShow('hamlet')
    early.close()
    await assert.rejects(early.ready, /closed before/)
    assert.equal(client.watchShow('x', { signal: AbortSignal.abort() }).view, null)
  })

  test('yields the view to who iterates: a slow reader skips, but sees the last', async () => {
    const { client, lines } = open()
    const watch = client.watchShow('hamlet')
    await settle()
    const seen: string[] = []
    const reading = (async () => {
      for await (const view of watch) {
        const { version } = view
        seen.push(lettersOf(view))
        await settle()
        if (version === 5) break
      }
    })()
    lines[0]?.snapshot(1, 'aaa')
    await settle()
    for (const version of [2, 3, 4, 5]) lines[0]?.change(version, [[version % 3, 'b', null]])
    await reading
    assert.deepEqual([seen.at(0), seen.at(-1)], ['aaa', 'bbb'])
    assert.ok(seen.length <= 4)
    watch.close()
  })
})

describe('in whatever order things happen', () => {
  test('a watch ends up with what the last connection says', async () => {
    const piece = fc.record({
      seat: fc.nat(4),
      letter: fc.constantFrom('a', 'b', 'x'),
      ends: fc.constantFrom('no', 'no', 'no', 'end', 'fail'),
    })
    const property = fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
      const { clock, client, lines, sent } = open()
      const watch = client.watchShow('hamlet')
      await settle()
      const truth = [...'aaaaa']
      let version = 1
      lines[0]?.snapshot(version, truth.join(''))
      for (const { seat, letter, ends } of pieces) {
        const line = lines.at(-1) as Line
        version += 1
        truth[seat] = letter
        // What is lost with the connection is told after the version that the client names.
        if (ends === 'no') line.change(version, [[seat, letter, null]])
        else {
          if (ends === 'end') line.end()
          else line.fail()
          await settle()
          await clock.advance(20_000)
          assert.equal(lines.length, sent.length)
          const after = new URL(String(lines.at(-1)?.url)).searchParams.get('after')
          if (after === null) lines.at(-1)?.snapshot(version, truth.join(''))
          else
            lines.at(-1)?.change(
              version,
              truth.map((now, n) => [n, now, null]),
            )
        }
      }
      await settle()
      assert.equal(lettersOf(watch.view), truth.join(''))
      watch.close()
    })
    await fc.assert(property, runs('orders of a watch', 200))
  })
})
