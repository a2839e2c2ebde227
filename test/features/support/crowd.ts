import assert from 'node:assert/strict'
import type { Seat } from '../../../src/protocol/index.ts'
import { Person } from './person.ts'
import { expectDone, type RowlockWorld } from './world.ts'

const ROUNDS_MAX = 1_000

/** So many clients ask at the same moment, every other one the second server. */
export async function askAtOnce(
  world: RowlockWorld,
  count: number,
  ask: (person: Person, n: number) => Promise<unknown>,
): Promise<void> {
  world.listed = []
  const urls = [world.firstServerUrl, world.secondServerUrl]
  const people = Array.from({ length: count }, (_, n) => {
    return new Person(`client ${n}`, false, urls[n % 2] as string)
  })
  await Promise.all(people.map((person, n) => ask(person, n)))
  world.crowd = people.map((person) => person.lastAnswer)
}

/**
 * Looks, holds some of the free seats, buys them, and begins again, until too few are left. Shopper
 * `n` begins to choose at another place than the others, but not so far that they never meet.
 */
export async function buyUntilGone(
  world: RowlockWorld,
  person: Person,
  n: number,
  seatCount: number,
): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const { items } = expectDone(await person.send('GET', world.inShow('seats?limit=1000')))
    const seats = items as Seat[]
    const free = seats.filter(({ status }) => status === 'available').map(({ seat }) => seat)
    const isHeld = seats.some(({ status }) => status === 'held')
    if (free.length === 0 && !isHeld) return
    const wanted = choose(free, n, seatCount)
    if (wanted.length > 0) await buy(world, person, wanted)
  }
  assert.fail('The show never sells out.')
}

function choose(free: readonly string[], n: number, seatCount: number): string[] {
  const from = free.length > 3 * seatCount ? (n % 3) * seatCount : 0
  return free.slice(from, from + seatCount)
}

async function buy(world: RowlockWorld, person: Person, seats: readonly string[]): Promise<void> {
  const held = await person.send('POST', world.inShow('holds'), { seats, holder: person.name })
  if (held.status === 409) return
  const { id } = expectDone(held)
  const booked = await person.send('POST', world.inShow(`holds/${id}/confirm`))
  world.listed.push(expectDone(booked))
}
