/** Test of what the System page says of the database, when something is wrong with it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DatabaseStatus, Failures } from '../../src/db/index.ts'
import { useDashboard } from './support/use-dashboard.ts'

const failures = new Failures(() => {})
let role: DatabaseStatus['role'] = 'primary'
const status = (): DatabaseStatus => ({
  role,
  host: 'db1.tickets.example:5432',
  timeline: 3,
  isSynchronous: true,
  synchronousStandbys: 2,
  migration: 20,
  pool: { max: 10, idle: 3, busy: 4, waiting: 0 },
})
const dashboard = await useDashboard('dashboard system', { database: { status, failures } })

for (const [name, width] of [
  ['a desktop', 1280],
  ['a phone', 390],
] as const) {
  test(`a standby and failures are seen on ${name}`, async () => {
    const { page, visit } = await openSystem(width)
    role = 'primary'
    await visit()
    await page.getByText('2 synchronous').waitFor()
    failures.note(Object.assign(new Error('a deadlock'), { code: '40P01' }), 'write')
    role = 'standby'
    await page.getByText('A standby: nothing can be sold').waitFor()
    await page.getByRole('row', { name: '40P01 Rolled back, and sent again (write)' }).waitFor()
  })
}

test('charts are drawn in a browser that names no language, as under LANG=C', async () => {
  const { page, complaints } = await dashboard.open()
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'language', { get: () => 'en-US@posix' })
  })
  await page.reload()
  await page.goto(`${dashboard.house.url}/#/system`)
  await page.locator('.chart canvas').first().waitFor()
  assert.deepEqual(complaints, [])
})

async function openSystem(width: number) {
  const window = await dashboard.open({ viewport: { width, height: 844 } })
  return { page: window.page, visit: () => window.visit('#/system') }
}
