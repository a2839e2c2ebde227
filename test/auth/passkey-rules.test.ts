/**
 * Rules of passkeys that SQL decides, whatever a server has checked or forgotten to check: each is
 * asked for by calling the functions themselves.
 */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { newUuid } from '../../src/protocol/index.ts'
import { useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'
import { beginning, newHash, PeopleSql, type SqlPerson } from './people-sql.ts'

const kernel = await useKernel('auth passkey rules')
await useTestClock(kernel.owner)
const people = new PeopleSql(kernel.owner)
const newCodes = () => [randomBytes(32), randomBytes(32)]
const recovery = (code: Buffer | undefined) => ({ recoveryHash: code?.toString('hex') })

/** Somebody with a passkey, and the hashes of their recovery codes. */
async function keyed() {
  const owner = await people.person()
  const codes = newCodes()
  return { owner, codes, ...(await people.enrol(owner, null, codes)) }
}

describe('a challenge', () => {
  test('of a session is good there alone, and one to sign in with adds no passkey', async () => {
    const owner = await people.person()
    const again = { ...owner, ...(await people.signIn(owner.userId)) } as SqlPerson
    const own = newHash()
    await people.beginPasskey(owner, own)
    const { passkey } = await people.signed(newHash())
    const tried = async (by: SqlPerson, challenge: string) =>
      (await people.confirmPasskey(by, challenge, newHash())).code
    assert.equal(await tried(again, own), 'passkey_invalid')
    assert.equal(await tried(owner, passkey.challengeHash), 'passkey_invalid')
    assert.equal(await tried(owner, own), 'done')
  })

  test('of a session signs nobody in', async () => {
    const { owner, credentialId } = await keyed()
    const challengeHash = newHash()
    await people.beginPasskey(owner, challengeHash, await people.signed(credentialId))
    const proof = await people.signed(credentialId, { challengeHash })
    assert.equal((await people.signInAlone(proof)).code, 'credentials_wrong')
    assert.equal((await people.signIn(owner.userId, proof)).code, 'credentials_wrong')
  })

  test('ends after five minutes, to the moment', async () => {
    const { credentialId } = await keyed()
    const [intime, late] = [await people.signed(credentialId), await people.signed(credentialId)]
    await advanceClock(kernel.owner, 290)
    assert.equal((await people.signInAlone(intime)).code, 'done')
    await advanceClock(kernel.owner, 11)
    assert.equal((await people.signInAlone(late)).code, 'credentials_wrong')
  })
})

describe('beginning a passkey', () => {
  test('takes a proof from who has a factor, which is one of their own', async () => {
    const { owner, credentialId, codes } = await keyed()
    const stranger = await keyed()
    const tried = async (proof: object | null) =>
      (await people.beginPasskey(owner, newHash(), proof)).code
    assert.equal(await tried(null), 'credentials_wrong')
    assert.equal(await tried({}), 'credentials_wrong')
    assert.equal(await tried(await people.signed(stranger.credentialId)), 'credentials_wrong')
    assert.equal(await tried(recovery(stranger.codes[0])), 'credentials_wrong')
    assert.equal(await tried(await people.signed(credentialId)), 'done')
    assert.equal(await tried(recovery(codes[0])), 'done')
    assert.equal(await tried(recovery(codes[0])), 'credentials_wrong')
  })

  test('asked for again after a lost answer takes no second proof', async () => {
    const { owner, codes } = await keyed()
    const challenge = newHash()
    const begin = async () => (await people.beginPasskey(owner, challenge, recovery(codes[0]))).code
    assert.equal(await begin(), 'done')
    assert.equal(await begin(), 'done')
  })
})

describe('confirming a passkey', () => {
  test('that is a second one ends no session', async () => {
    const { owner, credentialId } = await keyed()
    const other = await people.signIn(owner.userId, await people.signed(credentialId))
    const { code, ended } = await people.enrol(owner, await people.signed(credentialId))
    assert.deepEqual({ code, ended }, { code: 'done', ended: 0 })
    assert.equal(await people.isLive(other.sessionId), true)
  })

  test('beside an app is not the first second factor', async () => {
    const owner = await people.person()
    await people.confirmApp(owner, await people.beginApp(owner))
    const other = await people.signIn(owner.userId, { step: 2 })
    const { code, ended } = await people.enrol(owner, { step: 3 })
    assert.deepEqual({ code, ended }, { code: 'done', ended: 0 })
    assert.equal(await people.isLive(other.sessionId), true)
  })

  test('that is the first ends links that nobody has used', async () => {
    const owner = await people.person()
    const link = await people.link(owner)
    const { credentialId } = await people.enrol(owner)
    const entered = await people.signInByLink(link, await people.signed(credentialId))
    assert.equal(entered.code, 'credentials_wrong')
  })

  test('hands out recovery codes where none is left that is good', async () => {
    const { owner, codes, credentialId } = await keyed()
    for (const code of codes) await people.signIn(owner.userId, recovery(code))
    const next = newCodes()
    const { hasCodes } = await people.enrol(owner, await people.signed(credentialId), next)
    assert.equal(hasCodes, true)
    assert.equal(await people.count('recovery_codes', owner), next.length)
    const kept = await people.enrol(owner, await people.signed(credentialId))
    assert.equal(kept.hasCodes, false)
  })
})

describe('confirming once more', () => {
  test('is for the user whose passkey it is, and with its own challenge', async () => {
    const { owner, challengeHash, credentialId, codes } = await keyed()
    const stranger = await people.person()
    const tried = async (by: SqlPerson, challenge: string) =>
      (await people.confirmPasskey(by, challenge, credentialId)).code
    assert.equal(await tried(stranger, challengeHash), 'passkey_exists')
    const begun = newHash()
    // Proven by a code: a passkey that was used gives no codes either way.
    await people.beginPasskey(owner, begun, recovery(codes[1]))
    assert.equal(await tried(owner, begun), 'passkey_exists')
    assert.equal((await people.signIn(owner.userId, recovery(codes[0]))).code, 'done')
  })

  test('gives no new codes once the passkey was used', async () => {
    const { owner, challengeHash, credentialId, codes } = await keyed()
    await people.signIn(owner.userId, await people.signed(credentialId))
    const again = await people.confirmPasskey(owner, challengeHash, credentialId)
    assert.equal(again.code, 'passkey_exists')
    assert.equal((await people.signIn(owner.userId, recovery(codes[0]))).code, 'done')
  })

  test('leaves codes alone that came with an earlier passkey', async () => {
    const { owner, credentialId, codes } = await keyed()
    await advanceClock(kernel.owner, 1)
    const second = await people.enrol(owner, await people.signed(credentialId))
    const again = await people.confirmPasskey(owner, second.challengeHash, second.credentialId)
    assert.deepEqual([again.code, again.hasCodes], ['done', false])
    assert.equal((await people.signIn(owner.userId, recovery(codes[0]))).code, 'done')
  })
})

describe('removing a passkey', () => {
  test('is for its owner, who proves a factor', async () => {
    const { owner, passkeyId, credentialId } = await keyed()
    const stranger = await keyed()
    const tried = async (by: SqlPerson, proof: object | null) =>
      (await people.endPasskey(by, passkeyId, proof)).code
    const theirs = await people.signed(stranger.credentialId)
    assert.equal(await tried(stranger.owner, theirs), 'passkey_unknown')
    assert.equal(await tried(owner, null), 'credentials_wrong')
    assert.equal(await tried(owner, theirs), 'credentials_wrong')
    assert.equal(await people.count('passkeys', owner), 1)
    assert.equal(await tried(owner, await people.signed(credentialId)), 'done')
  })
})

describe('signing in by a passkey alone', () => {
  test('takes one that has checked who is there', async () => {
    const { credentialId } = await keyed()
    const tried = async (isVerified: boolean) =>
      (await people.signInAlone(await people.signed(credentialId, { isVerified }))).code
    assert.equal(await tried(false), 'credentials_wrong')
    assert.equal(await tried(true), 'done')
  })

  test('is answered again after a lost answer, in the same session only', async () => {
    const { credentialId } = await keyed()
    const proof = await people.signed(credentialId)
    const begin = beginning(newUuid())
    assert.equal((await people.signInAlone(proof, begin)).code, 'done')
    assert.equal((await people.signInAlone(proof)).code, 'credentials_wrong')
    assert.equal((await people.signInAlone(proof, begin)).code, 'done')
  })
})
