/** Names and passwords that somebody else came up with first. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { dictionary } from '@zxcvbn-ts/language-common'
import { requireStrength } from '../../src/auth/password-strength.ts'
import { codeOf, tally } from '../support/engines.ts'
import { ask, BY_ANYBODY, BY_OPERATOR, PASSWORD, useAccess } from './use-access.ts'

const stage = await useAccess('auth claims', { limitAddresses: () => true })
const { access } = stage
const from = (address: string) => ({ ...BY_ANYBODY, address })
const register = async (email: string) =>
  (await access.createUser(BY_ANYBODY, { name: 'Mallory', email, password: PASSWORD })).value

describe('an e-mail that a stranger registered beforehand', () => {
  for (const role of ['box_office', 'operator'] as const) {
    test(`does not let the stranger in as ${role}: a link does who is meant`, async () => {
      const email = `grace-${role}@theatre.example`
      const user = await register(email)
      assert.equal(user.emailVerified, false)
      const early = await stage.signIn(email)
      const { value } = await access.changeUser(BY_OPERATOR, user.id, { role })
      assert.deepEqual([value.role, value.hasPassword], [role, false])
      assert.equal(await codeOf(stage.signIn(email)), 'credentials_wrong')
      const refreshed = access.refreshSession(BY_ANYBODY, {
        refreshToken: early.refreshToken ?? '',
      })
      assert.equal(await codeOf(refreshed), 'session_ended')
      const session = await access.createSession(BY_ANYBODY, {
        link: value.signInLink?.token ?? '',
      })
      assert.deepEqual([session.user.role, session.user.emailVerified], [role, true])
    })
  }

  test('one that an operator vouches for keeps its password with a role', async () => {
    const { id, email } = await stage.user()
    const { value } = await access.changeUser(BY_OPERATOR, id, { role: 'box_office' })
    assert.deepEqual([value.hasPassword, value.emailVerified, value.signInLink], [true, true, null])
    assert.equal(await codeOf(stage.signIn(email)), 'done')
  })

  test('one that somebody gives themselves later is as unproven', async () => {
    const { id, email } = await stage.user()
    const request = await stage.as(await stage.signIn(email))
    const { value } = await access.changeMe(request, {
      email: `boss-${id}@x.org`,
      password: PASSWORD,
    })
    assert.equal(value.emailVerified, false)
    const promoted = await access.changeUser(BY_OPERATOR, id, { role: 'operator' })
    assert.equal(promoted.value.hasPassword, false)
  })
})

describe('wrong passwords', () => {
  const tries = (email: string, address: string, count: number) =>
    Promise.all(
      Array.from({ length: count }, () =>
        codeOf(access.createSession(from(address), { email, password: 'wrong' })),
      ),
    )

  test('of ten strangers do not lock out who comes from somewhere else', async () => {
    const { email } = await stage.user()
    const codes: string[] = []
    for (let n = 0; n < 10; n++) codes.push(...(await tries(email, `198.51.100.${n}`, 1)))
    assert.deepEqual(tally(codes), { credentials_wrong: 10 })
    const mine = access.createSession(from('203.0.113.5'), { email, password: PASSWORD })
    assert.equal(await codeOf(mine), 'done')
  })

  test('of one network are ten for an e-mail', async () => {
    const { email } = await stage.user()
    const codes = await tries(email, '198.51.100.77', 12)
    assert.deepEqual(tally(codes), { credentials_wrong: 10, rate_limited: 2 })
  })

  test('of many networks are a hundred, and a known device signs in all the same', async () => {
    const { email } = await stage.user()
    const { user } = await access.createSession(from('203.0.113.6'), { email, password: PASSWORD })
    const browser = { replaces: null, device: access.deviceOf(user) }
    const codes: string[] = []
    for (let n = 0; n < 13; n++) codes.push(...(await tries(email, `198.18.0.${n}`, 8)))
    assert.deepEqual(tally(codes), { credentials_wrong: 100, rate_limited: 4 })
    const body = { email, password: PASSWORD }
    assert.equal(await codeOf(access.createSession(from('203.0.113.7'), body)), 'rate_limited')
    const known = access.createSession({ ...from('203.0.113.7'), browser }, body)
    assert.equal(await codeOf(known), 'done')
    const other = await stage.user()
    const strange = { replaces: null, device: access.deviceOf(other) }
    const forged = access.createSession({ ...from('203.0.113.7'), browser: strange }, body)
    assert.equal(await codeOf(forged), 'rate_limited')
  })

  test('told by repeating a registration under its key are counted, too', async () => {
    const request = ask(BY_ANYBODY.identity, 'a-key-of-registration-1')
    const body = { name: 'A', email: 'repeated@x.org', password: PASSWORD }
    await access.createUser(request, body)
    const codes: string[] = []
    for (let n = 0; n < 15; n++) {
      const again = { ...body, password: `wrong-${n}-correct-horse-battery` }
      codes.push(await codeOf(access.createUser(request, again)))
    }
    assert.deepEqual(tally(codes), { idempotency_key_reused: 10, rate_limited: 5 })
  })
})

describe('passwords that are guessed first', () => {
  const WEAK =
    `Password123! Welcome2024 Summer2026! rowlock2026 qwer1234qwer Password1234 Theatre2026
    boxoffice2026! P@ssw0rd2024 adminadmin iloveyou2024 1q2w3e4r5t6y Qwertz12345 London2026!
    Passwort123 Football2026 aaaaaaaaaaaa abcabcabcabc 1234567890 administrator changeme123
    Lovelace2026 Lovelace1815 letmein12345 Seats2026! tickets12345`.split(/\s+/)

  for (const password of WEAK) {
    test(`such as ${password} are refused`, async () => {
      const body = { name: 'Ada Lovelace', email: `${Math.random()}.ada@x.org`, password }
      assert.equal(await codeOf(access.createUser(BY_OPERATOR, body)), 'password_weak')
    })
  }

  for (const password of [
    'difference engine no. 2',
    PASSWORD,
    'correct horse battery',
    'kX9#vT2$mQ7w',
  ]) {
    test(`control: ${password} is taken`, async () => {
      const body = { name: 'Ada Lovelace', email: `${Math.random()}@x.org`, password }
      assert.equal(await codeOf(access.createUser(BY_OPERATOR, body)), 'done')
    })
  }

  test('are all of the list that are long enough, whoever asks', async () => {
    const long = dictionary['passwords-common'].filter((word) => [...word].length >= 10)
    assert.ok(long.length > 1_500)
    for (const password of long) {
      assert.equal(await codeOf(requireStrength(password, null, 'Ada')), 'password_weak', password)
    }
  })

  test('control: 200 characters are taken, and the last one counts, as it is written', async () => {
    const line = 'Wir bauen auf und reißen nieder, so haben wir Arbeit immer wieder. '
    const password = line.repeat(3).slice(0, 199).concat('k')
    const { email } = await stage.user({ password })
    const signIn = (sent: string) => {
      return codeOf(access.createSession(from('203.0.113.9'), { email, password: sent }))
    }
    assert.equal(await signIn(password), 'done')
    for (const other of [`${password.slice(0, -1)}K`, password.slice(0, -1), `${password} `]) {
      assert.equal(await signIn(other), 'credentials_wrong', other.slice(-5))
    }
  })

  test('are refused in the time of one request, however long they are', async () => {
    for (const word of ['1qaz2wsx', 'p@$$w0rd!', '4@8({[<369&#!1/|0$5+7%2']) {
      const password = word.repeat(25).slice(0, 200)
      const before = process.cpuUsage()
      await codeOf(access.createUser(BY_OPERATOR, { name: 'A', email: 'long@x.org', password }))
      const { user, system } = process.cpuUsage(before)
      assert.ok(user + system < 1_000_000, `${word}: ${user + system} µs`)
    }
  })
})
