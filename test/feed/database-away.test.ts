import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { useTestDatabase } from '../support/database.ts'
import { FaultProxy } from '../support/fault-proxy.ts'
import { createShowOn, useListening } from '../support/servers.ts'
import { until } from '../support/until.ts'

const database = await useTestDatabase('database away')
const proxy = await FaultProxy.open(database.server)
const near = await useListening(database)
const far = await useListening({
  ...database,
  settings: { ...database.settings, target: proxy.config },
})
after(() => proxy.close())

test('while the database is away streams stay, and are then told what came meanwhile', async () => {
  const show = await createShowOn(near)
  const statuses: string[] = []
  const onConnection = ({ status }: { status: string }) => statuses.push(status)
  const watch = far.shopper.watchShow(show, { onConnection })
  const view = await watch.ready
  proxy.weather = 'closed'
  proxy.cutAll()
  await near.shopper.bookSeats(show, { seats: ['A1'] })
  await near.shopper.bookSeats(show, { seats: ['A2'] })
  assert.equal(view.version, 1)
  proxy.weather = 'fair'
  await until('both bookings', async () => (view.counts.booked === 2 ? true : null))
  assert.deepEqual(statuses, ['connecting', 'live'])
  watch.close()
})

test('who comes while it is away comes in as soon as it is back', async () => {
  const show = await createShowOn(near)
  proxy.weather = 'closed'
  proxy.cutAll()
  const watch = far.shopper.watchShow(show)
  proxy.weather = 'fair'
  assert.equal((await watch.ready).counts.available, 12)
  watch.close()
})
