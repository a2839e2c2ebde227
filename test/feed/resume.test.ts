/** Test of what a client knows after it was away, on whichever server it comes back. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { ShowChange } from '../../src/protocol/index.ts'
import { runs } from '../support/runs.ts'
import {
  type ClientOfTest,
  play,
  type Reader,
  type ServerOfTest,
  type Step,
  sdkReader,
  setUp,
  steps,
} from './scene.ts'

/** Plays histories, and holds every client that must know the truth against it. */
function playAll(name: string, newReader: () => Reader): void {
  fc.assert(
    fc.property(steps, (list) => {
      const scene = setUp(newReader)
      for (const step of list) {
        for (const client of play(scene, step)) {
          assert.deepEqual(client.seats(), scene.model.truth())
        }
      }
    }),
    runs(name, 10_000),
  )
}

/** The program that the guide gives to those who do without the SDK. */
async function guideReader(): Promise<() => Reader> {
  const guide = await readFile(new URL('../../docs/guides/realtime.md', import.meta.url), 'utf8')
  const program = /```js\n([\s\S]*?)```/.exec(guide)?.[1]
  assert.ok(program !== undefined)
  const start = new Function('EventSource', `${program}; return { seats, untils }`)
  return () => {
    const listeners = new Map<string, (event: { data: string }) => void>()
    class FakeEventSource {
      addEventListener(type: string, listener: (event: { data: string }) => void) {
        listeners.set(type, listener)
      }
    }
    const { seats, untils } = start(FakeEventSource) as {
      seats: string[]
      untils: Map<number, number>
    }
    return {
      take(event) {
        const [type, body] = Object.entries(event)[0] as [string, object]
        listeners.get(type)?.({ data: JSON.stringify(body) })
      },
      seats: () => seats.map((letter, seat) => (letter === 'h' ? `h${untils.get(seat)}` : letter)),
    }
  }
}

describe('whoever is connected knows the truth as of the last reading', () => {
  test('whatever was missed, and on whichever server the client comes back', () => {
    playAll('resume', sdkReader)
  })

  test('also with nothing but the program of the guide', async () => {
    playAll('the guide', await guideReader())
  })

  /** Each takes one thing away that makes it true, and is found out by a history of four steps. */
  const join: Step = { do: 'join', client: 0, server: 0, readsTail: false }
  for (const { what, history, spoil } of [
    {
      what: 'forgets holds that ran out',
      history: [{ do: 'hold', seats: [0], forMs: 1 }, join, { do: 'wait', ms: 1 }, join],
      spoil: (change: ShowChange) => delete change.holds,
    },
    {
      what: 'is not told what it missed',
      history: [join, { do: 'block', seats: [0] }, join],
      spoil: (change: ShowChange) => change.changes.splice(0),
    },
    {
      what: 'is not told of new seats',
      history: [join, { do: 'add' }, join],
      spoil: (change: ShowChange) => delete change.seatCount,
    },
  ]) {
    test(`but not one that ${what}`, () => {
      assert.equal(
        isToldTruly(history, () => {}),
        true,
      )
      assert.equal(isToldTruly(history, spoil), false)
    })
  }
})

/**
 * Tells whether everybody knows the truth after every step, with changes that were tampered with.
 */
function isToldTruly(history: readonly Step[], spoil: (change: ShowChange) => void): boolean {
  const scene = setUp()
  for (const client of scene.clients) {
    const take = client.take.bind(client)
    client.take = (event) => {
      if ('change' in event && event.change.holds !== undefined) spoil(event.change)
      take(event)
    }
  }
  const isTrue = (client: ClientOfTest) => client.seats().join() === scene.model.truth().join()
  return history.every((step) => [...play(scene, step)].every(isTrue))
}

describe('a database that knows less than it did', () => {
  test('is believed', () => {
    const { model, servers, clients } = setUp()
    const [server, client] = [servers[0] as ServerOfTest, clients[0] as ClientOfTest]
    model.book([1, 2])
    model.book([3])
    server.join(client, false)
    model.rewind(1)
    server.read()
    assert.deepEqual(client.seats(), ['a', 'b', 'b', 'a', 'a'])
    const late = clients[1] as ClientOfTest
    late.take({ snapshot: { ...server.state.snapshot(), version: 99 } })
    model.book([0])
    server.join(late, true)
    assert.deepEqual(late.seats(), model.truth())
  })
})
