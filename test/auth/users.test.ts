import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ANONYMOUS } from '../../src/auth/index.ts'
import { newUuid } from '../../src/protocol/index.ts'
import { codeOf, tally } from '../support/engines.ts'
import { ask, BY_ANYBODY, BY_OPERATOR, PASSWORD, useAccess, writtenDown } from './use-access.ts'

const stage = await useAccess('auth users')
const { access, owner } = stage
const BODY = { name: 'Ada', password: PASSWORD }

test('anybody can create a user for themselves', async () => {
  const body = { ...BODY, email: 'Ada@Example.org', phone: '+44 20 7946 0000' }
  const { value } = await access.createUser(BY_ANYBODY, body)
  assert.match(value.id, /^user_[0-9a-f]{32}$/)
  assert.deepEqual(
    { ...value, id: '', createdAt: '' },
    {
      id: '',
      name: 'Ada',
      email: 'Ada@Example.org',
      phone: '+44 20 7946 0000',
      role: 'user',
      hasPassword: true,
      emailVerified: false,
      secondFactor: false,
      secondFactors: [],
      createdAt: '',
      disabledAt: null,
    },
  )
  const again = access.createUser(BY_ANYBODY, { ...BODY, email: 'ADA@EXAMPLE.ORG' })
  assert.equal(await codeOf(again), 'email_taken')
})

test('an e-mail belongs to one user, however spelled, however many ask at once', async () => {
  const spellings = ['straße@x.org', 'STRASSE@x.org', 'strasse@X.ORG', 'ﬆrasse@x.org']
  const codes = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      codeOf(access.createUser(BY_ANYBODY, { ...BODY, email: spellings[n % 4] as string })),
    ),
  )
  assert.deepEqual(tally(codes), { done: 1, email_taken: 19 })
})

test('a password that is guessed first is refused', async () => {
  const weak = ['short', 'password123', 'Qwertyuiop', 'x'.repeat(201), 'aaaaaaaaaaaaaa']
  weak.push('grace.hopper@navy.mil', 'Grace.Hopper', '１２３４５６７８９０')
  const codes = await Promise.all(
    weak.map((password) => {
      const body = { name: 'G', email: 'grace.hopper@navy.mil', password }
      return codeOf(access.createUser(BY_ANYBODY, body))
    }),
  )
  assert.deepEqual(tally(codes), { password_weak: weak.length })
})

test('only an operator gives roles, or leaves the password out', async () => {
  const email = `${newUuid()}@x.org`
  const asked = { ...BODY, email, role: 'operator' as const }
  assert.equal(await codeOf(access.createUser(BY_ANYBODY, asked)), 'forbidden')
  const without = access.createUser(BY_ANYBODY, { name: 'A', email })
  assert.equal(await codeOf(without), 'invalid_request')
  const { value } = await access.createUser(BY_OPERATOR, { name: 'A', email, role: 'box_office' })
  assert.equal(value.role, 'box_office')
  assert.equal(value.hasPassword, false)
})

test('closed registration is closed to all but the staff', async () => {
  const closed = await stage.open({ registration: 'closed' })
  const body = { ...BODY, email: `${newUuid()}@x.org` }
  assert.equal(await codeOf(closed.createUser(BY_ANYBODY, body)), 'registration_closed')
  assert.equal(await codeOf(closed.createUser(BY_OPERATOR, body)), 'done')
})

test('a retry under its key gives the same user; another password is another request', async () => {
  const request = ask(ANONYMOUS, newUuid())
  const body = { ...BODY, email: `${newUuid()}@x.org` }
  const first = await access.createUser(request, body)
  const second = await access.createUser(request, body)
  assert.deepEqual(second, { ...first, replayed: true })
  const other = access.createUser(request, { ...body, password: `${PASSWORD}!` })
  assert.equal(await codeOf(other), 'idempotency_key_reused')
  const renamed = access.createUser(request, { ...body, name: 'Eve' })
  assert.equal(await codeOf(renamed), 'idempotency_key_reused')
})

test('an operator finds users by e-mail, by role, and page by page', async () => {
  const { email, id } = await stage.user({ role: 'box_office' })
  const found = await access.listUsers(BY_OPERATOR, { email: email.toUpperCase(), limit: 10 })
  assert.deepEqual([found.items.map((user) => user.id), found.next], [[id], null])
  const staff = await access.listUsers(BY_OPERATOR, { role: 'box_office', limit: 1_000 })
  assert.deepEqual(new Set(staff.items.map(({ role }) => role)), new Set(['box_office']))
  const ids: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await access.listUsers(BY_OPERATOR, { limit: 2, ...(cursor && { cursor }) })
    ids.push(...page.items.map((user) => user.id))
    cursor = page.next
  }
  assert.equal(new Set(ids).size, ids.length)
  assert.ok(ids.includes(id))
  const bad = access.listUsers(BY_OPERATOR, { limit: 2, cursor: 'x' })
  assert.equal(await codeOf(bad), 'invalid_request')
})

test('an operator changes users; taken e-mails and unknown users are refused', async () => {
  const { id, email } = await stage.user()
  const { value } = await access.changeUser(BY_OPERATOR, id, { name: 'Eve', phone: null })
  assert.equal(value.name, 'Eve')
  const other = await stage.user()
  const taken = access.changeUser(BY_OPERATOR, other.id, { email: email.toUpperCase() })
  assert.equal(await codeOf(taken), 'email_taken')
  for (const user of ['user_0', 'x', `user_${'0'.repeat(32)}`]) {
    assert.equal(await codeOf(access.getUser(BY_OPERATOR, user)), 'user_unknown')
    assert.equal(await codeOf(access.changeUser(BY_OPERATOR, user, { name: 'x' })), 'user_unknown')
    assert.equal(await codeOf(access.createSignInLink(BY_OPERATOR, user)), 'user_unknown')
  }
})

test('another role, and disabling, end the sessions of the user', async () => {
  for (const change of [{ role: 'box_office' as const }, { disabled: true }]) {
    const { id, email } = await stage.user()
    const request = await stage.as(await stage.signIn(email))
    await access.changeUser(BY_OPERATOR, id, change)
    assert.equal((await access.getMe(request)).session, null)
  }
  const [act] = await stage.acts('changeUser')
  assert.deepEqual(act?.details, { fields: ['disabled'], disabled: true, sessionsEnded: 1 })
})

test('two operators who demote each other at once: one stays', async () => {
  const one = await stage.user({ role: 'operator' })
  const two = await stage.user({ role: 'operator' })
  const codes = await Promise.all([
    codeOf(access.changeUser(BY_OPERATOR, one.id, { role: 'user' })),
    codeOf(access.changeUser(BY_OPERATOR, two.id, { disabled: true })),
  ])
  assert.deepEqual(codes.sort(), ['done', 'last_operator'])
})

test('a key that could be guessed gives no link; another gives the same again', async () => {
  const { id } = await stage.user()
  const { identity } = BY_OPERATOR
  const weak = access.createSignInLink(ask(identity, 'short'), id)
  assert.equal(await codeOf(weak), 'idempotency_key_invalid')
  const request = ask(identity, newUuid())
  const first = (await access.createSignInLink(request, id)).value
  assert.deepEqual((await access.createSignInLink(request, id)).value, first)
  assert.notEqual((await access.createSignInLink(BY_OPERATOR, id)).value.token, first.token)
  assert.equal(first.path, `/#link=${first.token}`)
  assert.ok(!(await writtenDown(owner)).includes(first.token))
})

test('neither passwords nor e-mails are in the audit log or kept for retries', async () => {
  const { email } = await stage.user()
  const wrong = access.createSession(BY_ANYBODY, { email, password: 'wrong password' })
  assert.equal(await codeOf(wrong), 'credentials_wrong')
  const text = await writtenDown(owner)
  assert.match(text, /sign_in_failed/)
  for (const secret of [PASSWORD, 'wrong password', email, 'argon2id']) {
    assert.ok(!text.includes(secret), secret)
  }
})
