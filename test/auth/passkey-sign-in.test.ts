import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AccessRequest } from '../../src/auth/index.ts'
import { codeOf, tally } from '../support/engines.ts'
import { SoftPasskey } from '../support/soft-passkey.ts'
import { BY_OPERATOR, PASSWORD, useAccess } from './use-access.ts'
import { at, BY_VISITOR, usePasskeys } from './use-passkeys.ts'

const stage = await useAccess('auth passkey sign in')
const { access, owner } = stage
const { challenge, signed, person, keyed, signIn, signInAlone } = usePasskeys(stage)

/** The second factor of one sign-in, as the audit log tells it. */
async function lastSecond(): Promise<unknown> {
  const [last] = await stage.acts('createSession')
  return (last?.details as { second?: unknown }).second
}

describe('a passkey as a second factor', () => {
  test('is asked for only after the right password, and by a link as well', async () => {
    const { email, id, key } = await keyed()
    const wrong = access.createSession(BY_VISITOR, { email, password: 'wrong' })
    assert.equal(await codeOf(wrong), 'credentials_wrong')
    await assert.rejects(signIn(email), ({ code, details }) => {
      assert.equal(code, 'second_factor_required')
      assert.deepEqual(details.factors, ['passkey'])
      return true
    })
    assert.equal(await codeOf(signIn(email, { passkey: await signed(key) })), 'done')
    assert.equal(await lastSecond(), 'passkey')
    const { token } = (await access.createSignInLink(BY_OPERATOR, id)).value
    const byLink = (proof: object) =>
      codeOf(access.createSession(BY_VISITOR, { link: token, ...proof }))
    assert.equal(await byLink({}), 'second_factor_required')
    assert.equal(await byLink({ passkey: await signed(new SoftPasskey()) }), 'credentials_wrong')
    assert.equal(await byLink({ passkey: await signed(key) }), 'done')
    const session = await signIn(email, { passkey: await signed(key) })
    const { items } = await access.listMyPasskeys(at(await stage.as(session)))
    assert.notEqual(items[0]?.usedAt, null)
  })

  test('need not check who is there: the password does', async () => {
    const { email, key } = await keyed({ isVerified: false })
    assert.equal(await codeOf(signIn(email, { passkey: await signed(key) })), 'done')
  })

  test('is refused if it was signed elsewhere, for something else, or changed', async () => {
    const { email, key } = await keyed()
    const [own, other] = [await signed(key), await keyed()]
    const tried = (passkey: object) => codeOf(signIn(email, { passkey }))
    const { challenge: enrolling } = await access.beginPasskey((await person()).as, {
      password: PASSWORD,
    })
    const { response: foreign } = await signed(other.key, { counter: 1 })
    const changed = (part: object) => ({ ...own, response: { ...own.response, ...part } })
    const codes = {
      origin: await tried(await signed(key, { origin: 'https://evil.example' })),
      host: await tried(await signed(key, { host: 'evil.example' })),
      type: await tried(await signed(key, { type: 'webauthn.create' })),
      nobody: await tried(await signed(key, { isPresent: false })),
      madeUp: await tried(key.sign('bm90LW91cnM')),
      toEnrol: await tried(key.sign(enrolling)),
      stranger: await tried(await signed(other.key)),
      unknown: await tried(await signed(new SoftPasskey())),
      handle: await tried(await signed(key, { userHandle: 'c29tZWJvZHk' })),
      data: await tried(changed({ authenticatorData: foreign.authenticatorData })),
      signature: await tried(changed({ signature: foreign.signature })),
      nonsense: await tried(changed({ clientDataJSON: 'AAAA' })),
      empty: await tried(changed({ authenticatorData: 'A' })),
    }
    assert.deepEqual(tally(Object.values(codes)), { credentials_wrong: 10, rate_limited: 3 })
  })

  test('takes each challenge once, however many come with it at once, on two servers', async () => {
    const { email, key } = await keyed()
    const second = await stage.open()
    // Begun by one, finished by the other.
    const elsewhere = key.sign(await challenge(second))
    assert.equal(await codeOf(signIn(email, { passkey: elsewhere })), 'done')
    assert.equal(await codeOf(signIn(email, { passkey: elsewhere })), 'credentials_wrong')
    const passkey = await signed(key)
    const codes = await Promise.all(
      [access, second, access, second].map((by) => codeOf(signIn(email, { passkey }, by))),
    )
    assert.deepEqual(tally(codes), { done: 1, credentials_wrong: 3 })
  })

  test('takes a challenge for five minutes', async () => {
    const { email, key } = await keyed()
    const passkey = await signed(key)
    await stage.later(301)
    assert.equal(await codeOf(signIn(email, { passkey })), 'credentials_wrong')
    // Those that have ended go by themselves, ten at a time.
    for (let n = 0; n < 10; n++) await challenge()
    const { rows } = await owner.query('select from rowlock.passkey_challenges')
    assert.equal(rows.length, 10)
  })

  test('has a counter that goes up, where it counts; a copy is written down', async () => {
    const { email, key } = await keyed({ counter: 3 })
    const tried = async (counter: number) =>
      codeOf(signIn(email, { passkey: await signed(key, { counter }) }))
    assert.equal(await tried(4), 'done')
    assert.equal(await tried(4), 'credentials_wrong')
    assert.equal(await tried(0), 'credentials_wrong')
    const [copied] = await stage.acts('passkey_copied')
    assert.deepEqual(copied?.details, { name: 'Phone', counter: 0, last: 4 })
    const at5 = [await signed(key, { counter: 5 }), await signed(key, { counter: 5 })]
    const codes = await Promise.all(at5.map((passkey) => codeOf(signIn(email, { passkey }))))
    assert.deepEqual(tally(codes), { done: 1, credentials_wrong: 1 })
    assert.equal(await tried(6), 'done')
  })

  test('may be replaced by each recovery code, once; and cannot be guessed', async () => {
    const { email, recoveryCodes } = await keyed()
    const [one = ''] = recoveryCodes
    assert.equal(await codeOf(signIn(email, { code: one })), 'done')
    assert.equal(await lastSecond(), 'recovery code')
    assert.equal(await codeOf(signIn(email, { code: one })), 'credentials_wrong')
    const codes: string[] = []
    for (let n = 0; n < 12; n++) codes.push(await codeOf(signIn(email, { code: '123456' })))
    assert.equal(codes.filter((code) => code === 'rate_limited').length, 3)
  })
})

describe('a passkey alone', () => {
  test('signs in, where it has checked who is there', async () => {
    const { id, key } = await keyed()
    const session = await signInAlone(key)
    assert.equal(session.user.id, id)
    const as = await stage.as(session)
    const [here] = (await access.listMySessions(as)).items
    assert.equal(here?.beganBy, 'passkey')
    await assert.rejects(signInAlone(key, { isVerified: false }), ({ code, message }) => {
      assert.equal(code, 'credentials_wrong')
      assert.match(message, /PIN, fingerprint, face/)
      return true
    })
    const handle = Buffer.from(id.slice(5), 'hex').toString('base64url')
    assert.equal(await codeOf(signInAlone(key, { userHandle: handle })), 'done')
    const [own, strange] = [await signed(key), await signed(new SoftPasskey())]
    assert.equal(
      await codeOf(access.createSession(BY_VISITOR, { passkey: strange })),
      'credentials_wrong',
    )
    const twice = [own, own].map((passkey) => codeOf(access.createSession(BY_VISITOR, { passkey })))
    assert.deepEqual(tally(await Promise.all(twice)), { done: 1, credentials_wrong: 1 })
  })

  test('signs nobody in who is disabled, or whose passkey is gone', async () => {
    const gone = await keyed()
    await access.removeUserSecondFactor(BY_OPERATOR, gone.id)
    assert.equal(await codeOf(signInAlone(gone.key)), 'credentials_wrong')
    const disabled = await keyed()
    await access.changeUser(BY_OPERATOR, disabled.id, { disabled: true })
    assert.equal(await codeOf(signInAlone(disabled.key)), 'credentials_wrong')
  })

  test('needs a host whose name is known', async () => {
    const { key } = await keyed()
    const passkey = await signed(key)
    const { site: _, ...nowhere } = BY_VISITOR
    const tried = (request: AccessRequest) => codeOf(access.createSession(request, { passkey }))
    assert.equal(await tried(nowhere), 'passkeys_unavailable')
    const elsewhere = at(BY_VISITOR, { host: 'b.example', origins: ['https://b.example'] })
    assert.equal(await tried(elsewhere), 'credentials_wrong')
    assert.equal(await tried(BY_VISITOR), 'done')
  })
})
