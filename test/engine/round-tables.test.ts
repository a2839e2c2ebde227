/** Test that those around a table sit together, also where its numbers begin anew. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newUuid } from '../../src/protocol/index.ts'
import { by, useServer } from '../support/engines.ts'
import { SHOW, useKernel } from '../support/kernel.ts'

const kernel = await useKernel('round tables')
const engine = await useServer(kernel.database.settings)

/** Two tables of eight: T1 closed, T2 with a quarter left open. */
async function createTables(terms: Partial<typeof SHOW> = {}): Promise<string> {
  const table = (name: string, left: number, degrees: number) =>
    Array.from({ length: 8 }, (_, step) => {
      const angle = (step / 8) * degrees * (Math.PI / 180)
      const at = { x: left + 100 * Math.cos(angle), y: 100 * Math.sin(angle) }
      const number = String(step + 1)
      return { label: `${name}-${number}`, row: name, number, ...at }
    })
  const source = { seats: [...table('T1', 0, 360), ...table('T2', 500, 270)] }
  const { value: venue } = await engine.createVenue(by('operator'), { name: 'A hall' })
  const body = { format: 'rowlock' as const, source }
  const { value: plan } = await engine.createPlan(by('operator'), venue.id, body)
  const startsAt = '2030-01-01T20:00:00Z'
  const show = { ...SHOW, ...terms, title: 'A ball', startsAt, key: newUuid(), plan: plan.id }
  await engine.createShow(by('operator'), show)
  return show.key
}

test('the first and the last seat of a round table are together', async () => {
  const show = await createTables()
  const isTogether = async (numbers: readonly number[], table = 'T1') => {
    const seats = numbers.map((number) => `${table}-${number}`)
    const { value } = await engine.holdSeats(by('Alice'), show, { seats })
    await engine.releaseHold(by('Alice'), show, value.id, {})
    return value.together
  }
  assert.equal(await isTogether([1, 8]), true)
  assert.equal(await isTogether([8, 2, 1]), true)
  assert.equal(await isTogether([7, 8, 1, 2]), true)
  assert.equal(await isTogether([1, 2, 3, 4, 5, 6, 7, 8]), true)
  assert.equal(await isTogether([1, 5]), false)
  assert.equal(await isTogether([2, 8]), false)
  assert.equal(await isTogether([1, 3, 8]), false)
  assert.equal(await isTogether([1, 8], 'T2'), false)
  assert.equal(await isTogether([1, 2], 'T2'), true)
})

test('the last two seats of a table are given as a pair that they are', async () => {
  const show = await createTables()
  const others = [2, 3, 4, 5, 6, 7].map((number) => `T1-${number}`)
  const away = Array.from({ length: 8 }, (_, step) => `T2-${step + 1}`)
  await engine.holdSeats(by('Bob'), show, { seats: [...others, ...away] })
  const { value } = await engine.holdSeats(by('Alice'), show, { best: { quantity: 2 } })
  assert.deepEqual(value.seats.toSorted(), ['T1-1', 'T1-8'])
  assert.equal(value.together, true)
})

test('three who can sit together at a table only across its ends do', async () => {
  const show = await createTables()
  const others = [3, 4, 5, 6, 7].map((number) => `T1-${number}`)
  const away = [3, 6, 7, 8].map((number) => `T2-${number}`)
  await engine.holdSeats(by('Bob'), show, { seats: [...others, ...away] })
  const { value } = await engine.holdSeats(by('Alice'), show, { best: { quantity: 3 } })
  assert.deepEqual(value.seats, ['T1-8', 'T1-1', 'T1-2'])
  assert.equal(value.together, true)
})

test('nobody is left alone at a table whose first and last seat are free', async () => {
  const show = await createTables({ refuseOrphans: true })
  const hold = (...numbers: readonly number[]) => {
    const seats = numbers.map((number) => `T1-${number}`)
    return engine.holdSeats(by('Alice'), show, { seats })
  }
  await assert.rejects(hold(2, 3, 4, 5, 6, 8), { code: 'orphan_left', message: /: T1-1, T1-7\./ })
  await hold(2, 3, 4, 5, 6, 7)
  await assert.rejects(hold(8), { code: 'orphan_left', message: /: T1-1\./ })
  await hold(8, 1)
})
