import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { verifyRegistrationResponse } from '@simplewebauthn/server'
import { newUuid, type PasskeyAttestation } from '../../src/protocol/index.ts'
import { codeOf, tally } from '../support/engines.ts'
import { certified, SoftPasskey } from '../support/soft-passkey.ts'
import { BY_OPERATOR, codeOfToken, PASSWORD, useAccess } from './use-access.ts'
import { at, BY_VISITOR, usePasskeys } from './use-passkeys.ts'

const stage = await useAccess('auth passkeys')
const { access, owner } = stage
const { challenge, signed, person, enrol, keyed, signIn, signInAlone } = usePasskeys(stage)

/** Asks the library alone whether it would take it. */
async function verifies(credential: PasskeyAttestation, challenge: string): Promise<boolean> {
  const { id, response } = credential
  const { verified } = await verifyRegistrationResponse({
    response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response },
    expectedChallenge: challenge,
    expectedOrigin: 'https://tickets.example',
    expectedRPID: 'tickets.example',
    supportedAlgorithmIDs: [-7],
  })
  return verified
}

describe('setting up a passkey', () => {
  test('asks a browser for one that is found without a name, for this host', async () => {
    const { as, id, email } = await person()
    const options = await access.beginPasskey(as, { password: PASSWORD })
    assert.equal(options.rp.id, 'tickets.example')
    assert.equal(options.user.name, email)
    const handle = Buffer.from(options.user.id, 'base64url').toString('hex')
    assert.equal(`user_${handle}`, id)
    assert.equal(options.authenticatorSelection.residentKey, 'required')
    assert.equal(options.authenticatorSelection.userVerification, 'preferred')
    assert.deepEqual(options.excludeCredentials, [])
    assert.equal(Buffer.from(options.challenge, 'base64url').length, 32)
  })

  test('takes the password, and counts once the browser has made one', async () => {
    const { as, email } = await person()
    const wrong = access.beginPasskey(as, { password: 'wrong' })
    assert.equal(await codeOf(wrong), 'credentials_wrong')
    await access.beginPasskey(as, { password: PASSWORD })
    assert.equal(await codeOf(signIn(email)), 'done')
    const other = await stage.signIn(email)
    const key = new SoftPasskey()
    const { passkey, recoveryCodes } = await enrol(as, key)
    assert.equal(passkey.name, 'Phone')
    assert.equal(passkey.host, 'tickets.example')
    assert.equal(passkey.usedAt, null)
    assert.equal(new Set(recoveryCodes).size, 10)
    // What began without it has ended.
    assert.equal(await codeOfToken(access, other.accessToken), 'unauthenticated')
    assert.deepEqual((await access.listMyPasskeys(as)).items, [passkey])
    const { user } = await access.getMe(as)
    assert.equal(user?.secondFactor, true)
    assert.deepEqual(user?.secondFactors, ['passkey'])
    const [act] = await stage.acts('confirmPasskey')
    assert.deepEqual(act?.details, { name: 'Phone', host: 'tickets.example', sessionsEnded: 2 })
  })

  test('is refused for another challenge, origin, host or session, and unattended', async () => {
    const { as, email } = await person()
    const key = new SoftPasskey()
    const { challenge: own } = await access.beginPasskey(as, { password: PASSWORD })
    const tried = (saying: Parameters<SoftPasskey['make']>[1], by = as, of = own) =>
      codeOf(access.confirmPasskey(by, { name: 'Phone', credential: key.make(of, saying) }))
    const stranger = await person()
    const again = at(await stage.as(await stage.signIn(email)))
    assert.deepEqual(
      {
        origin: await tried({ origin: 'https://tickets.example.evil.example' }),
        plain: await tried({ origin: 'http://tickets.example' }),
        host: await tried({ host: 'evil.example' }),
        type: await tried({ type: 'webauthn.get' }),
        nobody: await tried({ isPresent: false }),
        madeUp: await tried({}, as, 'bm90LW91cnM'),
        toSignIn: await tried({}, as, await challenge()),
        stranger: await tried({}, stranger.as),
        otherSession: await tried({}, again),
        elsewhere: await tried({}, at(as, { host: 'b.example', origins: ['https://b.example'] })),
      },
      {
        origin: 'passkey_invalid',
        plain: 'passkey_invalid',
        host: 'passkey_invalid',
        type: 'passkey_invalid',
        nobody: 'passkey_invalid',
        madeUp: 'passkey_invalid',
        toSignIn: 'passkey_invalid',
        stranger: 'passkey_invalid',
        otherSession: 'passkey_invalid',
        elsewhere: 'passkey_invalid',
      },
    )
    assert.equal(await tried({}), 'done')
  })

  test('takes five minutes at most, and each challenge once', async () => {
    const { as } = await person()
    const late = await access.beginPasskey(as, { password: PASSWORD })
    await stage.later(301)
    const [one, two] = [new SoftPasskey(), new SoftPasskey()]
    const confirm = (key: SoftPasskey, of: string) =>
      codeOf(access.confirmPasskey(as, { name: 'Phone', credential: key.make(of) }))
    assert.equal(await confirm(one, late.challenge), 'passkey_invalid')
    const { challenge: own } = await access.beginPasskey(as, { password: PASSWORD })
    const codes = await Promise.all([confirm(one, own), confirm(two, own)])
    assert.deepEqual(tally(codes), { done: 1, passkey_invalid: 1 })
  })

  test('confirmed again after a lost answer has recovery codes that work', async () => {
    const { as, email } = await person()
    const key = new SoftPasskey()
    const { challenge: own } = await access.beginPasskey(as, { password: PASSWORD })
    const body = { name: 'Phone', credential: key.make(own) }
    const lost = await access.confirmPasskey(as, body)
    const told = await access.confirmPasskey(as, body)
    assert.deepEqual(told.passkey, lost.passkey)
    assert.equal(await codeOf(signIn(email, { code: lost.recoveryCodes[0] })), 'credentials_wrong')
    assert.equal(await codeOf(signIn(email, { code: told.recoveryCodes[0] })), 'done')
    // A code was used, so whoever sends it now gets none.
    assert.deepEqual((await access.confirmPasskey(as, body)).recoveryCodes, [])
    await stage.later(301)
    assert.equal(await codeOf(access.confirmPasskey(as, body)), 'passkey_exists')
  })

  test('that belongs to somebody is refused to everybody else', async () => {
    const { key, as } = await keyed()
    const other = await person()
    assert.equal(await codeOf(enrol(other.as, key)), 'passkey_exists')
    const proof = { password: PASSWORD, passkey: await signed(key) }
    assert.equal(await codeOf(enrol(as, key, proof)), 'passkey_exists')
    assert.deepEqual((await access.listMyPasskeys(other.as)).items, [])
  })

  test('takes a proof from who has a factor: a password alone brings in no other', async () => {
    const { as, key, recoveryCodes, email } = await keyed()
    const second = new SoftPasskey()
    assert.equal(await codeOf(enrol(as, second)), 'second_factor_required')
    const forged = { password: PASSWORD, passkey: await signed(new SoftPasskey()) }
    assert.equal(await codeOf(enrol(as, second, forged)), 'credentials_wrong')
    const good = { password: PASSWORD, passkey: await signed(key) }
    const { recoveryCodes: none } = await enrol(as, second, good)
    // Those that there are go on working.
    assert.deepEqual(none, [])
    assert.equal(await codeOf(signIn(email, { code: recoveryCodes[0] })), 'done')
    assert.equal(await codeOf(signIn(email, { passkey: await signed(second) })), 'done')
    const app = access.beginSecondFactor(as, { password: PASSWORD })
    assert.equal(await codeOf(app), 'second_factor_required')
    const proven = { password: PASSWORD, passkey: await signed(key) }
    assert.match((await access.beginSecondFactor(as, proven)).uri, /^otpauth:/)
    const { excludeCredentials } = await access.beginPasskey(as, {
      password: PASSWORD,
      passkey: await signed(key),
    })
    const ids = [key, second].map(({ id }) => id.toString('base64url'))
    assert.deepEqual(excludeCredentials.map(({ id }) => id).toSorted(), ids.toSorted())
  })

  test('stops at ten', async () => {
    const { as, key } = await keyed()
    const proof = async () => ({ password: PASSWORD, passkey: await signed(key) })
    const begun = await access.beginPasskey(as, await proof())
    for (let n = 2; n <= 10; n++) await enrol(as, new SoftPasskey(), await proof())
    assert.equal(await codeOf(access.beginPasskey(as, await proof())), 'too_many_passkeys')
    const credential = new SoftPasskey().make(begun.challenge)
    const eleventh = access.confirmPasskey(as, { name: 'Phone', credential })
    assert.equal(await codeOf(eleventh), 'too_many_passkeys')
  })

  test('looks at no certificates, and calls no address that is in them', async () => {
    const { as } = await person()
    const { challenge: own } = await access.beginPasskey(as, { password: PASSWORD })
    const credential = certified(own)
    assert.equal(await verifies(credential, own), true, 'the library would believe it')
    const confirmed = access.confirmPasskey(as, { name: 'Phone', credential })
    assert.equal(await codeOf(confirmed), 'passkey_invalid')
    // Of oneself one may say what one likes: some authenticators do.
    const self = new SoftPasskey().make(own, { isSelfAttested: true })
    assert.equal(await verifies(self, own), true)
    const good = access.confirmPasskey(as, { name: 'Phone', credential: self })
    assert.equal(await codeOf(good), 'done')
  })
})

describe('changing how one signs in', () => {
  test('takes a passkey beside the password, once', async () => {
    const { as, email, key } = await keyed()
    const next = 'eight-blue-rowing-boats'
    const change = (proof: object) =>
      codeOf(access.changePassword(as, { current: PASSWORD, password: next, ...proof }))
    assert.equal(await change({}), 'second_factor_required')
    assert.equal(await change({ passkey: await signed(new SoftPasskey()) }), 'credentials_wrong')
    const passkey = await signed(key)
    assert.equal(await change({ passkey }), 'done')
    const move = (proof: object) =>
      codeOf(access.changeMe(as, { email: `new-${email}`, password: next, ...proof }))
    assert.equal(await move({ passkey }), 'credentials_wrong')
    assert.equal(await move({ passkey: await signed(key) }), 'done')
  })
})

describe('removing passkeys', () => {
  test('takes password and a proof; with the last factor go the recovery codes', async () => {
    const { as, email, key, passkey, recoveryCodes } = await keyed()
    const other = new SoftPasskey()
    const added = await enrol(as, other, { password: PASSWORD, passkey: await signed(key) })
    const remove = (id: string, proof: object, password = PASSWORD) =>
      codeOf(access.removePasskey(as, id, { password, ...proof }))
    assert.equal(
      await remove(passkey.id, { passkey: await signed(key) }, 'wrong'),
      'credentials_wrong',
    )
    assert.equal(await remove(passkey.id, {}), 'second_factor_required')
    assert.equal(await remove(passkey.id, { code: '000000' }), 'credentials_wrong')
    const stranger = await keyed()
    const foreign = { passkey: await signed(other) }
    assert.equal(await remove(stranger.passkey.id, foreign), 'passkey_unknown')
    assert.equal(
      await remove(`passkey_${newUuid().replaceAll('-', '')}`, foreign),
      'passkey_unknown',
    )
    assert.equal(await remove('nonsense', foreign), 'passkey_unknown')
    assert.equal(await remove(passkey.id, { passkey: await signed(other) }), 'done')
    assert.equal(await codeOf(signIn(email, { passkey: await signed(key) })), 'credentials_wrong')
    assert.equal(await codeOf(signIn(email)), 'second_factor_required')
    assert.equal(await remove(added.passkey.id, { code: recoveryCodes[0] }), 'done')
    assert.equal(await codeOf(signIn(email)), 'done')
    const { rows } = await owner.query(
      `select from rowlock.recovery_codes as recovery
       join rowlock.users as known on known.user_id = recovery.user_id
       where known.email = $1`,
      [email],
    )
    assert.equal(rows.length, 0)
    const removed = await stage.acts('removePasskey')
    assert.equal(removed.length, 2)
  })

  test('is what an operator does for who lost them all', async () => {
    const { id, email, recoveryCodes } = await keyed()
    const { secondFactors } = await access.removeUserSecondFactor(BY_OPERATOR, id)
    assert.deepEqual(secondFactors, [])
    assert.equal(await codeOf(signIn(email)), 'done')
    const again = access.removeUserSecondFactor(BY_OPERATOR, id)
    assert.equal(await codeOf(again), 'second_factor_unknown')
    const [act] = await stage.acts('removeUserSecondFactor')
    assert.deepEqual(act?.details, { passkeys: 1 })
    assert.ok(recoveryCodes.length > 0)
  })

  test('happens to whoever registered an e-mail that an operator gives a role', async () => {
    const email = `${newUuid()}@example.org`
    await access.createUser(BY_VISITOR, { name: 'Mallory', email, password: PASSWORD })
    const as = at(await stage.as(await stage.signIn(email)))
    const key = new SoftPasskey()
    await enrol(as, key)
    await access.changeUser(BY_OPERATOR, as.identity.user ?? '', { role: 'box_office' })
    assert.equal(await codeOf(signInAlone(key)), 'credentials_wrong')
  })
})
