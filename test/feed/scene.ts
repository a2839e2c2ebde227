/**
 * Clients that follow a show, lose their connections at any moment, and come back on either of two
 * servers, which look at the database whenever they happen to.
 */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { LiveView } from '../../src/client/live-view.ts'
import { ShowState } from '../../src/feed/show-state.ts'
import type { ShowChange, ShowSnapshot } from '../../src/protocol/index.ts'
import { ShowModel } from './show-model.ts'

const SEATS = 5
const CLIENTS = 2

/** One event of a stream. */
export type Event = { readonly snapshot: ShowSnapshot } | { readonly change: ShowChange }

/** Reader: what a client makes of the events. */
export interface Reader {
  take(event: Event): void
  /** Every seat: its letter, and the end of its hold. */
  seats(): string[]
}

/** The SDK's. */
export function sdkReader(): Reader {
  const view = new LiveView({ now: () => 0, sleep: async () => {}, random: () => 0 })
  return {
    take(event) {
      if ('snapshot' in event) view.replace(event.snapshot)
      else view.change(event.change)
    },
    seats: () => {
      const counts = [0, 0, 0, 0]
      for (const code of view.codes) counts[code] = (counts[code] as number) + 1
      const { available, held, booked, blocked, total } = view.counts
      assert.deepEqual([available, held, booked, blocked, total], [...counts, view.seatCount])
      return Array.from(view.codes, (code, seat) => {
        return code === 1 ? `h${view.heldUntil(seat)}` : ('ahbx'[code] as string)
      })
    },
  }
}

/** A client with its connection. */
export class ClientOfTest {
  readonly #reader: Reader
  server: ServerOfTest | null = null
  version: number | null = null

  constructor(reader: Reader) {
    this.#reader = reader
  }

  take(event: Event): void {
    const sent = JSON.parse(JSON.stringify(event)) as Event
    this.#reader.take(sent)
    this.version = 'snapshot' in sent ? sent.snapshot.version : sent.change.version
  }

  seats(): string[] {
    return this.#reader.seats()
  }
}

/** A server, as far as resuming goes. */
export class ServerOfTest {
  readonly model: ShowModel
  readonly clients = new Set<ClientOfTest>()
  state = new ShowState('show')

  constructor(model: ShowModel) {
    this.model = model
  }

  /** Does what the feed does when it reads. */
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
    const after = client.version
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
/** One thing that happens. */
export interface Step {
  readonly do: string
  readonly seats?: number[]
  readonly forMs?: number
  readonly ms?: number
  readonly server?: number
  readonly client?: number
  readonly readsTail?: boolean
}
/** Anything, in any order. */
export const steps = fc.array(step as fc.Arbitrary<Step>, { maxLength: 60 })

/** A show, two servers and some clients. */
export interface Scene {
  readonly model: ShowModel
  readonly servers: readonly ServerOfTest[]
  readonly clients: readonly ClientOfTest[]
}

/** Before anything has happened. */
export function setUp(newReader: () => Reader = sdkReader): Scene {
  const model = new ShowModel(SEATS)
  const servers = [new ServerOfTest(model), new ServerOfTest(model)]
  return {
    model,
    servers,
    clients: Array.from({ length: CLIENTS }, () => new ClientOfTest(newReader())),
  }
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
export function play({ model, servers, clients }: Scene, step: Step): Iterable<ClientOfTest> {
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
