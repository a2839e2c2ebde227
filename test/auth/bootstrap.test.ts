/** The first operator gets a link, as long as nobody can sign in who runs the system. */
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { newUuid } from '../../src/protocol/index.ts'
import { useKernel } from '../support/kernel.ts'
import { newHash, PeopleSql } from './people-sql.ts'

interface Answer {
  readonly code: string
  readonly userId?: string
}

const kernel = await useKernel('bootstrap')
const people = new PeopleSql(kernel.owner)
beforeEach(() => kernel.owner.query('truncate rowlock.users cascade'))

const bootstrap = () => people.call<Answer>('bootstrap', newUuid(), Buffer.from(newHash(), 'hex'))

/** Creates somebody who signs in as an operator does, but for what is said otherwise. */
async function create(change: string): Promise<string> {
  const { userId } = await people.person()
  await kernel.owner.query("update rowlock.users set role = 'operator' where user_id = $1", [
    userId,
  ])
  await kernel.owner.query(`update rowlock.users set ${change} where user_id = $1`, [userId])
  return userId
}

test('whoever is no operator, or has no password or e-mail, needs one', async () => {
  await create("role = 'user'")
  const { userId: made } = await bootstrap()
  assert.equal((await bootstrap()).userId, made)
  await create('email = null, email_key = null')
  await create('password_hash = null, password_changed_at = null')
  assert.equal((await bootstrap()).code, 'done')
  await create("name = 'Ada'")
  assert.equal((await bootstrap()).code, 'already')
})

test('an operator who is disabled neither counts nor gets the link', async () => {
  const gone = await create('disabled_at = rowlock.clock()')
  const { code, userId } = await bootstrap()
  assert.equal(code, 'done')
  assert.notEqual(userId, gone)
})

test('two servers that start at once make one operator', async () => {
  const [one, two] = [await kernel.session(), await kernel.session()]
  const text = 'select rowlock.bootstrap($1, $2) as answer'
  const values = () => [newUuid(), Buffer.from(newHash(), 'hex')]
  await one.begin()
  const first = await one.client.query<{ answer: Answer }>(text, values())
  const asked = two.client.query<{ answer: Answer }>(text, values())
  await two.untilWaiting()
  await one.commit()
  assert.equal((await asked).rows[0]?.answer.userId, first.rows[0]?.answer.userId)
})
