/** The demonstration does not contradict itself. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Engine, loadDemo } from '../../src/engine/index.ts'
import { Refusal } from '../../src/protocol/index.ts'
import { useTestDatabase } from '../support/database.ts'
import { by, useServer } from '../support/engines.ts'

const database = await useTestDatabase('demo')
const engine = await useServer(database.settings)

test('the best seats of the cinema are its dear ones, until these are few', async () => {
  const loaded = await loadDemo(engine)
  const cinema = loaded?.shows[0] ?? assert.fail('nothing was loaded')
  const given: string[] = []
  for (const name of ['Alice', 'Bob', 'Carol', 'Dan']) {
    const { value } = await engine.holdSeats(by(name), cinema, { best: { quantity: 2 } })
    assert.equal(value.together, true)
    for (const { category } of value.items) assert.equal(category, 'premium', value.seats.join())
    given.push(...value.seats)
  }
  assert.deepEqual(given.slice(0, 2), ['D4', 'D5'])
})

test('what the tour of the README holds first is free, and no best seat', async () => {
  const { items } = await engine.listShows({ limit: 10 })
  const cinema = items.find(({ key }) => key.startsWith('avengers')) ?? assert.fail('no cinema')
  const { value } = await engine.holdSeats(by('Eve'), cinema.key, { seats: ['A1', 'A2'] })
  assert.equal(value.together, true)
})

/** An engine that is too busy for whatever it is asked for the first time. */
function hesitant(engine: Engine): Engine {
  const asked = new Set<unknown>()
  const ask = (name: 'createVenue' | 'createPlan' | 'createShow') => ({
    [name]: async (...values: readonly unknown[]) => {
      if (!asked.has(name)) {
        asked.add(name)
        throw new Refusal('busy')
      }
      return (engine[name] as (...values: readonly unknown[]) => Promise<unknown>)(...values)
    },
  })
  return { ...engine, ...ask('createVenue'), ...ask('createPlan'), ...ask('createShow') }
}

test('a busy database is asked again, until everything is there', async () => {
  const empty = await useTestDatabase('demo of a busy database')
  const loaded = await loadDemo(hesitant(await useServer(empty.settings)))
  assert.equal(loaded?.shows.length, 7)
})
