import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { fromPublicId } from '../../src/protocol/index.ts'
import { codeOf, tally } from '../support/engines.ts'
import { setClock } from '../support/test-clock.ts'
import { BY_ANYBODY, BY_OPERATOR, codeOfToken, PASSWORD, useAccess } from './use-access.ts'

const stage = await useAccess('auth second factor')
const { access, owner } = stage
// Steps are half minutes: a slow machine must not come into the next one.
await setClock(owner, '2030-01-01T12:00:10Z')

async function databaseNow(): Promise<number> {
  const { rows } = await owner.query<{ now: number }>(
    'select extract(epoch from rowlock.clock())::float8 * 1000 as now',
  )
  return rows[0]?.now ?? 0
}

async function codeAt(secret: string, offsetSeconds = 0): Promise<string> {
  const timestamp = (await databaseNow()) + offsetSeconds * 1000
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp })
}

/** Somebody with a second factor, half a minute after it was confirmed. */
async function withFactor() {
  const user = await stage.user({ role: 'operator' })
  const request = await stage.as(await stage.signIn(user.email))
  const { secret, uri } = await access.beginSecondFactor(request, { password: PASSWORD })
  const { recoveryCodes } = await access.confirmSecondFactor(request, {
    code: await codeAt(secret),
  })
  await stage.later(60)
  return { ...user, request, secret, uri, recoveryCodes }
}

const signIn = (email: string, code?: string) =>
  access.createSession(BY_ANYBODY, { email, password: PASSWORD, ...(code && { code }) })

describe('a second factor', () => {
  test('confirmed again after a lost answer has recovery codes that work', async () => {
    const { email } = await stage.user()
    const request = await stage.as(await stage.signIn(email))
    const { secret } = await access.beginSecondFactor(request, { password: PASSWORD })
    const code = await codeAt(secret)
    const lost = await access.confirmSecondFactor(request, { code })
    const told = await access.confirmSecondFactor(request, { code })
    assert.equal(await codeOf(signIn(email, lost.recoveryCodes[0])), 'credentials_wrong')
    assert.equal(await codeOf(signIn(email, told.recoveryCodes[0])), 'done')
    await stage.later(60)
    const later = access.confirmSecondFactor(request, { code: await codeAt(secret) })
    assert.equal(await codeOf(later), 'second_factor_exists')
  })

  test('counts only once a code has shown that it works', async () => {
    const { email } = await stage.user()
    const request = await stage.as(await stage.signIn(email))
    const wrong = access.beginSecondFactor(request, { password: 'wrong' })
    assert.equal(await codeOf(wrong), 'credentials_wrong')
    const none = access.confirmSecondFactor(request, { code: '000000' })
    assert.equal(await codeOf(none), 'second_factor_unknown')
    const { secret, uri } = await access.beginSecondFactor(request, { password: PASSWORD })
    assert.match(uri, /^otpauth:\/\/totp\/Rowlock:/)
    assert.equal(await codeOf(signIn(email)), 'done')
    const old = access.confirmSecondFactor(request, { code: await codeAt(secret, -120) })
    assert.equal(await codeOf(old), 'credentials_wrong')
    const other = await stage.signIn(email)
    const { recoveryCodes } = await access.confirmSecondFactor(request, {
      code: await codeAt(secret),
    })
    assert.equal(new Set(recoveryCodes).size, 10)
    // With fewer than 112 bits, five for each letter, a plain hash of a code would not do.
    for (const code of recoveryCodes)
      assert.match(code, /^([2-9A-HJ-NP-Z]{4}-){5}[2-9A-HJ-NP-Z]{4}$/)
    assert.equal(await codeOfToken(access, other.accessToken), 'unauthenticated')
    assert.equal(await codeOf(signIn(email)), 'second_factor_required')
    assert.equal((await access.getMe(request)).user?.secondFactor, true)
  })

  test('is asked for only after the right password, and by a link as well', async () => {
    const { email, id, secret } = await withFactor()
    const wrong = access.createSession(BY_ANYBODY, { email, password: 'wrong' })
    assert.equal(await codeOf(wrong), 'credentials_wrong')
    assert.equal(await codeOf(signIn(email)), 'second_factor_required')
    assert.equal(await codeOf(signIn(email, '000000')), 'credentials_wrong')
    const { token } = (await access.createSignInLink(BY_OPERATOR, id)).value
    const byLink = (code?: string) =>
      codeOf(access.createSession(BY_ANYBODY, { link: token, ...(code && { code }) }))
    assert.equal(await byLink(), 'second_factor_required')
    assert.equal(await byLink('000000'), 'credentials_wrong')
    assert.equal(await byLink(await codeAt(secret)), 'done')
    const { items } = await access.listAudit(BY_OPERATOR, { actor: id, limit: 1 })
    const { by, second } = items[0]?.details as Record<string, unknown>
    assert.deepEqual([items[0]?.action, by, second], ['createSession', 'link', 'code'])
  })

  test('takes each code once, however many come with it at once', async () => {
    const { email, secret } = await withFactor()
    const code = await codeAt(secret)
    const codes = await Promise.all(Array.from({ length: 5 }, () => codeOf(signIn(email, code))))
    assert.deepEqual(tally(codes), { done: 1, credentials_wrong: 4 })
    await stage.later(30)
    assert.equal(await codeOf(signIn(email, await codeAt(secret))), 'done')
    await stage.later(30)
    // That of the step before is good for a clock that is a little slow, unless it was used.
    assert.equal(await codeOf(signIn(email, await codeAt(secret, -30))), 'credentials_wrong')
  })

  test('may be replaced by each recovery code, once, however it is written', async () => {
    const { email, recoveryCodes } = await withFactor()
    const [one = '', two = ''] = recoveryCodes
    assert.equal(await codeOf(signIn(email, one)), 'done')
    assert.equal(await codeOf(signIn(email, one)), 'credentials_wrong')
    assert.equal(await codeOf(signIn(email, two.toLowerCase().replaceAll('-', ' '))), 'done')
    const { rows } = await owner.query<{ text: string }>(
      'select recovery::text as text from rowlock.recovery_codes as recovery',
    )
    const text = rows.map((row) => row.text).join()
    for (const code of recoveryCodes) assert.ok(!text.includes(code.replaceAll('-', '')))
  })

  test('cannot be guessed: ten wrong codes are all', async () => {
    const { email } = await withFactor()
    const codes: string[] = []
    for (let n = 0; n < 12; n++) codes.push(await codeOf(signIn(email, `00000${n % 10}`)))
    assert.equal(codes.filter((code) => code === 'rate_limited').length, 2)
  })

  test('goes with password and code, or by an operator; then the password is enough', async () => {
    const { email, request, secret, id } = await withFactor()
    const remove = (password: string, code: string) =>
      codeOf(access.removeSecondFactor(request, { password, code }))
    assert.equal(await remove('wrong', await codeAt(secret)), 'credentials_wrong')
    assert.equal(await remove(PASSWORD, '000000'), 'credentials_wrong')
    assert.equal(await remove(PASSWORD, await codeAt(secret)), 'done')
    assert.equal(await codeOf(signIn(email)), 'done')
    const again = access.removeUserSecondFactor(BY_OPERATOR, id)
    assert.equal(await codeOf(again), 'second_factor_unknown')
    const lost = await withFactor()
    const { secondFactor } = await access.removeUserSecondFactor(BY_OPERATOR, lost.id)
    assert.equal(secondFactor, false)
    assert.equal(await codeOf(signIn(lost.email)), 'done')
  })
})

describe('who has a second factor and changes how they sign in', () => {
  const NEXT = 'eight-blue-rowing-boats'

  test('proves it for another password, which a stolen session cannot', async () => {
    const { email, request, secret, recoveryCodes } = await withFactor()
    const change = (current: string, code?: string) =>
      codeOf(access.changePassword(request, { current, password: NEXT, ...(code && { code }) }))
    assert.equal(await change('wrong', await codeAt(secret)), 'credentials_wrong')
    assert.equal(await change(PASSWORD), 'second_factor_required')
    assert.equal(await change(PASSWORD, '000000'), 'credentials_wrong')
    assert.equal(await codeOf(signIn(email, await codeAt(secret))), 'done')
    assert.equal(await change(PASSWORD, await codeAt(secret)), 'credentials_wrong', 'used already')
    await stage.later(30)
    assert.equal(await change(PASSWORD, await codeAt(secret)), 'done')
    const back = { current: NEXT, password: PASSWORD, code: recoveryCodes[0] ?? '' }
    assert.equal(await codeOf(access.changePassword(request, back)), 'done')
    assert.equal(await codeOf(access.changePassword(request, back)), 'credentials_wrong')
  })

  test('proves it for another e-mail, and for nothing else of what they say', async () => {
    const { id, email, request, secret } = await withFactor()
    const change = (body: Parameters<typeof access.changeMe>[1]) =>
      codeOf(access.changeMe(request, body))
    assert.equal(await change({ name: 'Ada King', phone: null }), 'done')
    assert.equal(await change({ email: email.toUpperCase() }), 'done', 'it is theirs already')
    const other = { email: `new-${email}`, password: PASSWORD }
    assert.equal(await change(other), 'second_factor_required')
    assert.equal(await change({ ...other, code: '000000' }), 'credentials_wrong')
    const { code, ...noCode } = { ...other, code: await codeAt(secret) }
    assert.equal(await change({ email: other.email, code }), 'credentials_wrong', 'no password')
    const taken = (await stage.user()).email
    assert.equal(await change({ ...other, email: taken, code }), 'email_taken')
    assert.equal(await change({ ...other, code }), 'done', 'what was refused used up no code')
    assert.equal(await change(noCode), 'done')
    const user = await access.getUser(BY_OPERATOR, id)
    assert.equal(user.email, other.email)
  })

  test('sends the change again after a lost answer, with the same code', async () => {
    const { email, request, secret } = await withFactor()
    const code = await codeAt(secret)
    const keyed = { ...request, idempotencyKey: 'another-address-of-mine' }
    const body = { email: `new-${email}`, password: PASSWORD, code }
    const answers = await Promise.all([1, 2].map(() => access.changeMe(keyed, body)))
    answers.push(await access.changeMe(keyed, body))
    const replayed = answers.map((answer) => answer.replayed).toSorted()
    assert.deepEqual(replayed, [false, true, true])
  })

  test('counts a factor that was confirmed after the password was looked at', async () => {
    const { id } = await withFactor()
    const proof = (value: string | null) =>
      owner.query(
        `select rowlock.change_user($1, null, 'changeMe', $2, '{"name": "Ada"}', null, null, $3)
           ->> 'code' as code`,
        [id, fromPublicId('user', id), value],
      )
    assert.equal((await proof('{}')).rows[0]?.code, 'credentials_wrong')
    assert.equal((await proof(null)).rows[0]?.code, 'done', 'staff, and servers of before')
  })
})
