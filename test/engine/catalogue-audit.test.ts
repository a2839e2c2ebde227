/** The catalogue has no journal of its own: who changed it stands in the log of acts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OPERATOR } from '../../src/auth/index.ts'
import { CreateShowBody } from '../../src/protocol/index.ts'
import { useServer } from '../support/engines.ts'
import { useKernel } from '../support/kernel.ts'

const kernel = await useKernel('catalogue audit')
const server = await useServer(kernel.database.settings)

test('venues, plans, shows and their changes are acts of somebody', async () => {
  const caller = { ...OPERATOR.caller, actor: 'user_of_the_house' }
  const request = { caller, idempotencyKey: 'the-same-key-for-every-one' }
  const create = () => server.createVenue(request, { name: 'House' })
  const venue = (await create()).value
  assert.equal((await create()).replayed, true)
  const csv = 'label,section,row\nA1,Stalls,A\n'
  const once = { caller, idempotencyKey: null }
  const plan = (await server.createPlan(once, venue.id, { format: 'csv', source: csv })).value
  const about = { title: 'Hamlet', startsAt: '2030-01-01T19:00:00Z', seats: ['A1'] }
  await server.createShow(once, CreateShowBody.parse({ key: 'hamlet', ...about }))
  await server.changeShow(once, 'hamlet', { title: 'Macbeth' })
  await server.addSeats(once, 'hamlet', { seats: ['A2'] })
  const { rows } = await kernel.owner.query(
    'select actor, action, subject from rowlock.audit_log order by audit_id',
  )
  const acts = rows as { actor: string; action: string; subject: string }[]
  assert.deepEqual(new Set(acts.map(({ actor }) => actor)), new Set(['user_of_the_house']))
  assert.deepEqual(
    acts.map(({ action, subject }) => [action, subject]),
    [
      ['createVenue', venue.id],
      ['createPlan', plan.id],
      ['createShow', 'hamlet'],
      ['changeShow', 'hamlet'],
      ['addSeats', 'hamlet'],
    ],
  )
})
