/**
 * Clients that follow a show, lose their connections at any moment, and come back on either of two
 * servers, which look at the database whenever they happen to.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { LiveView } from '../../src/client/live-view.ts'
import { ShowState } from '../../src/feed/show-state.ts'
import type { ShowChange, ShowSnapshot } from '../../src/protocol/index.ts'
import { runs } from '../model/runs.ts'
import { ShowModel } from './show-model.ts'

const SEATS = 5
const CLIENTS = 2

type Event = { readonly snapshot: ShowSnapshot } | { readonly change: ShowChange }

class ClientOfTest {
  readonly view = new LiveView({ now: () => 0, sleep: async () => {}, random: () => 0 })
  server: ServerOfTest | null = null
  hasSeen = false

  take(event: Event): void {
    const sent = JSON.parse(JSON.stringify(event)) as Event
    if ('snapshot' in sent) this.view.replace(sent.snapshot)
    else this.view.change(sent.change)
    this.hasSeen = true
  }

  seats(): string[] {
    return Array.from(this.view.codes, (code, seat) => {
      return code === 1 ? `h${this.view.heldUntil(seat)}` : ('ahbx'[code] as string)
    })
  }
}

class ServerOfTest {
  readonly model: ShowModel
  readonly clients = new Set<ClientOfTest>()
  state = new ShowState('show')

  constructor(model: ShowModel) {
    this.model = model
  }

  /** What the feed does when it reads. */
  read(): void {
    const { version } = this.state
    let reading = this.model.read(version === 0 ? null : version)
    if (this.state.wasOvertaken(reading)) reading = this.model.read(null)
    const { seats, isRewound } = this.state.apply(reading)
    for (const client of this.clients) {
      if (isRewound) client.take({ snapshot: this.state.snapshot() })
      else client.take({ change: this.state.changeOf(seats) })
    }
  }

  join(client: ClientOfTest, readsTail: boolean): void {
    this.read()
    const after = client.hasSeen ? client.view.version : null
    if (after !== null && readsTail) {
      const since = Math.max(0, this.state.version - 4)
      this.state.learn(since, this.model.read(since))
    }
    const knows = after !== null && this.state.knows(after)
    client.take(
      knows ? { change: this.state.changeSince(after) } : { snapshot: this.state.snapshot() },
    )
    this.clients.add(client)
    client.server = this
  }

  restart(): void {
    for (const client of this.clients) client.server = null
    this.clients.clear()
    this.state = new ShowState('show')
  }
}

const seats = fc.uniqueArray(fc.nat(SEATS - 1), { minLength: 1, maxLength: 3 })
const server = fc.nat(1)
const client = fc.nat(CLIENTS - 1)

const forMs = fc.integer({ min: 1, max: 20 })
const ms = fc.integer({ min: 1, max: 25 })
const readsTail = fc.boolean()
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('hold'), seats, forMs }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('block'), seats }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('book'), seats }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('free'), seats }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('add') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait'), ms }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('jump'), ms }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read'), server }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut'), client }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('join'), client, server, readsTail }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart'), server }) },
)
interface Step {
  readonly do: string
  readonly seats?: number[]
  readonly forMs?: number
  readonly ms?: number
  readonly server?: number
  readonly client?: number
  readonly readsTail?: boolean
}
const steps = fc.array(step as fc.Arbitrary<Step>, { maxLength: 60 })

interface Scene {
  readonly model: ShowModel
  readonly servers: readonly ServerOfTest[]
  readonly clients: readonly ClientOfTest[]
}

function setUp(): Scene {
  const model = new ShowModel(SEATS)
  const servers = [new ServerOfTest(model), new ServerOfTest(model)]
  return { model, servers, clients: Array.from({ length: CLIENTS }, () => new ClientOfTest()) }
}

function write(model: ShowModel, { do: what, seats = [], forMs = 0, ms = 0 }: Step): void {
  if (what === 'hold') model.take(seats, forMs)
  if (what === 'block') model.take(seats, null)
  if (what === 'book') model.book(seats)
  if (what === 'free') model.free(seats)
  if (what === 'add') model.addSeat()
  if (what === 'wait') model.now += ms
  if (what === 'jump') model.now -= ms
}

/** Does a step and answers which clients must know the truth after it. */
function play({ model, servers, clients }: Scene, step: Step): Iterable<ClientOfTest> {
  write(model, step)
  const server = servers[step.server ?? 0] as ServerOfTest
  const client = clients[step.client ?? 0] as ClientOfTest
  if (step.do === 'read') server.read()
  if (step.do === 'restart') server.restart()
  if (step.do === 'cut' || step.do === 'join') {
    client.server?.clients.delete(client)
    client.server = null
  }
  if (step.do === 'join') server.join(client, step.readsTail ?? false)
  return step.do === 'read' || step.do === 'join' ? server.clients : []
}

describe('whoever is connected knows the truth as of the last reading', () => {
  test('whatever was missed, and on whichever server the client comes back', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const scene = setUp()
        for (const step of list) {
          for (const client of play(scene, step)) {
            assert.deepEqual(client.seats(), scene.model.truth())
            const counts = { ...client.view.counts }
            assert.equal(counts.total, scene.model.seatCount)
            assert.equal(
              counts.available + counts.held + counts.booked + counts.blocked,
              counts.total,
            )
          }
        }
      }),
      runs('resume', 10_000),
    )
  })

  /** Each takes one thing away that makes it true. */
  for (const [what, spoil] of [
    ['forgets holds that ran out', (change: ShowChange) => delete change.holds],
    ['is not told what it missed', (change: ShowChange) => change.changes.splice(0)],
    ['is not told of new seats', (change: ShowChange) => delete change.seatCount],
  ] as const) {
    test(`but not one that ${what}`, () => {
      const found = fc.check(
        fc.property(steps, (list) => {
          const scene = setUp()
          for (const client of scene.clients) {
            const take = client.take.bind(client)
            client.take = (event) => {
              if ('change' in event && event.change.holds !== undefined) spoil(event.change)
              take(event)
            }
          }
          return list.every((step) =>
            [...play(scene, step)].every(
              (client) => client.seats().join() === scene.model.truth().join(),
            ),
          )
        }),
        { ...runs(what, 3_000), endOnFailure: true },
      )
      assert.ok(found.failed)
    })
  }
})

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
