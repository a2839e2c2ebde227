/** Rules of apps and recovery codes that SQL decides, whatever a server has checked before. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'
import { newHash, PeopleSql, type SqlPerson } from './people-sql.ts'

const kernel = await useKernel('auth factor rules')
await useTestClock(kernel.owner)
const people = new PeopleSql(kernel.owner)
const bytes = (hex: string) => Buffer.from(hex, 'hex')

interface Answer {
  readonly code: string
}

/** Somebody with an app that counts. */
async function withApp(): Promise<SqlPerson> {
  const by = await people.person()
  await people.confirmApp(by, await people.beginApp(by))
  return by
}

const begin = async ({ userId }: SqlPerson, proof: object | null) => {
  const values = [userId, bytes(newHash()), proof]
  return (await people.call<Answer>('begin_second_factor', ...values)).code
}
const end = async ({ userId }: SqlPerson, proof: object | null) => {
  const values = ['test', null, 'endSecondFactor', userId, proof]
  return (await people.call<Answer>('end_second_factor', ...values)).code
}

/** Names the factors of somebody, as whoever may ask is told of them. */
const factorsOf = async ({ userId }: SqlPerson) => {
  return (await people.call<{ second_factors: string[] }>('user_of', userId)).second_factors
}

describe('an app', () => {
  test('is begun by whoever has passkeys only with a proof', async () => {
    const by = await people.person()
    const { credentialId } = await people.enrol(by)
    assert.equal(await begin(by, null), 'credentials_wrong')
    assert.equal(await begin(by, await people.signed(credentialId)), 'done')
  })

  test('that counts is replaced by no other, not even with a proof', async () => {
    assert.equal(await begin(await withApp(), { step: 2 }), 'second_factor_exists')
  })

  test('that was replaced before it counted never counts', async () => {
    const by = await people.person()
    const [first, second] = [await people.beginApp(by), await people.beginApp(by)]
    assert.equal((await people.confirmApp(by, first)).code, 'second_factor_unknown')
    assert.deepEqual(await factorsOf(by), [])
    assert.equal((await people.confirmApp(by, second)).code, 'done')
    assert.deepEqual(await factorsOf(by), ['app'])
  })

  test('is taken away with a proof, or by an operator with everything else', async () => {
    const by = await withApp()
    assert.equal(await end(by, {}), 'credentials_wrong')
    assert.equal(await end(by, { step: 2 }), 'done')
    const other = await withApp()
    await people.enrol(other, { step: 2 })
    assert.equal(await people.count('passkeys', other), 1)
    assert.equal(await end(other, null), 'done')
    assert.equal(await people.count('passkeys', other), 0)
    assert.equal(await people.count('recovery_codes', other), 0)
    assert.equal((await people.signIn(other.userId)).code, 'done')
  })
})

test('a link tells which factors it takes until it is used or has ended', async () => {
  const by = await withApp()
  const factors = (link: string) => people.call<object | null>('link_factors_of', bytes(link))
  const [used, ended] = [await people.link(by), await people.link(by)]
  assert.notEqual(await factors(used), null)
  assert.equal((await people.signInByLink(used, { step: 5 })).code, 'done')
  assert.equal(await factors(used), null)
  assert.notEqual(await factors(ended), null)
  await advanceClock(kernel.owner, 30 * 60)
  assert.equal(await factors(ended), null)
})
