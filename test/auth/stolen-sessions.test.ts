/** Stolen sessions end when their owner does what people do then. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { codeOf, tally } from '../support/engines.ts'
import { BY_ANYBODY, BY_OPERATOR, codeOfToken, PASSWORD, useAccess } from './use-access.ts'

const stage = await useAccess('auth stolen')
const { access, owner } = stage
const OTHER = 'another-password-of-tests'
const refresh = (refreshToken: string | null) =>
  access.refreshSession(BY_ANYBODY, { refreshToken: refreshToken ?? '' })
const countOf = async (table: string) => {
  const { rows } = await owner.query<{ n: number }>(`select count(*)::int n from rowlock.${table}`)
  return rows[0]?.n ?? 0
}

describe('a thief of a refresh token', () => {
  test('who used it within the grace is out at once after a new password', async () => {
    const { email } = await stage.user()
    const first = await stage.signIn(email)
    const mine = await refresh(first.refreshToken)
    await stage.later(5)
    const thiefs = await refresh(first.refreshToken)
    const { ended, session } = await access.changePassword(await stage.as(mine), {
      current: PASSWORD,
      password: OTHER,
    })
    assert.equal(ended, 0)
    assert.equal(await codeOfToken(access, thiefs.accessToken), 'unauthenticated')
    for (const { refreshToken } of [thiefs, mine, first]) {
      assert.equal(await codeOf(refresh(refreshToken)), 'session_ended')
    }
    assert.equal(await codeOfToken(access, session.accessToken), 'known')
    const next = await refresh(session.refreshToken)
    assert.equal(next.id, first.id)
  })

  test('who has the newest one, unused, is out as well', async () => {
    const { email } = await stage.user()
    const { refreshToken, ...mine } = await stage.signIn(email)
    const request = await stage.as({ ...mine, refreshToken })
    await access.changePassword(request, { current: PASSWORD, password: OTHER })
    assert.equal(await codeOf(refresh(refreshToken)), 'session_ended')
    assert.equal(await codeOfToken(access, mine.accessToken), 'known')
  })

  test('who came first, with its own access token, is out as well', async () => {
    const { email } = await stage.user()
    const mine = await stage.signIn(email)
    const request = await stage.as(mine)
    const thiefs = await refresh(mine.refreshToken)
    await access.changePassword(request, { current: PASSWORD, password: OTHER })
    assert.equal(await codeOfToken(access, thiefs.accessToken), 'unauthenticated')
    assert.equal(await codeOf(refresh(thiefs.refreshToken)), 'session_ended')
  })

  test('gets no second chain: fifty uses at once are one pair, and add one row', async () => {
    const { email } = await stage.user()
    const { refreshToken } = await stage.signIn(email)
    const before = await countOf('refresh_tokens')
    const all = await Promise.all(Array.from({ length: 50 }, () => refresh(refreshToken)))
    assert.equal(new Set(all.map((each) => each.refreshToken)).size, 1)
    assert.equal(await countOf('refresh_tokens'), before + 1)
  })

  test('ends the session once somebody has gone on, though the ten seconds last', async () => {
    const first = await stage.signIn((await stage.user()).email)
    const second = await refresh(first.refreshToken)
    await refresh(second.refreshToken)
    assert.equal(await codeOf(refresh(first.refreshToken)), 'session_ended')
    assert.equal(await codeOfToken(access, second.accessToken), 'unauthenticated')
  })
})

describe('a link that nobody has used', () => {
  const endings: Record<string, (id: string, email: string) => Promise<unknown>> = {
    'signing out everywhere': async (_id, email) =>
      access.endAllSessions(await stage.as(await stage.signIn(email))),
    'being signed out by an operator': (id) => access.endUserSessions(BY_OPERATOR, id),
    'a new password': async (_id, email) =>
      access.changePassword(await stage.as(await stage.signIn(email)), {
        current: PASSWORD,
        password: OTHER,
      }),
    'another e-mail': (id) => access.changeUser(BY_OPERATOR, id, { email: `new-${id}@x.org` }),
    'a role': (id) => access.changeUser(BY_OPERATOR, id, { role: 'operator' }),
    'being enabled again': async (id) => {
      await access.changeUser(BY_OPERATOR, id, { disabled: true })
      return access.changeUser(BY_OPERATOR, id, { disabled: false })
    },
  }
  for (const [what, end] of Object.entries(endings)) {
    test(`ends with ${what}`, async () => {
      const { id, email } = await stage.user()
      const { token } = (await access.createSignInLink(BY_OPERATOR, id)).value
      await end(id, email)
      const code = await codeOf(access.createSession(BY_ANYBODY, { link: token }))
      assert.equal(code, 'credentials_wrong')
    })
  }

  test('control: it lasts where nothing of that happens', async () => {
    const { id } = await stage.user()
    const { token } = (await access.createSignInLink(BY_OPERATOR, id)).value
    await access.changeUser(BY_OPERATOR, id, { name: 'B' })
    assert.equal(await codeOf(access.createSession(BY_ANYBODY, { link: token })), 'done')
  })
})

describe('the sessions of somebody', () => {
  test('are listed to them, and ended one by one; nobody ends those of others', async () => {
    const { email } = await stage.user()
    const [one, two] = [await stage.signIn(email), await stage.signIn(email)]
    const request = await stage.as(two)
    const { items } = await access.listMySessions(request)
    assert.deepEqual(
      items.map(({ id, current }) => [id, current]).sort(),
      [
        [one.id, false],
        [two.id, true],
      ].sort(),
    )
    const stranger = await stage.as(await stage.signIn((await stage.user()).email))
    assert.equal(await codeOf(access.endMySession(stranger, one.id)), 'session_unknown')
    assert.equal(await codeOfToken(access, one.accessToken), 'known')
    assert.deepEqual(await access.endMySession(request, one.id), { ended: 1 })
    assert.equal(await codeOfToken(access, one.accessToken), 'unauthenticated')
    assert.deepEqual(await access.endMySession(request, one.id), { ended: 0 })
    assert.equal((await access.listMySessions(request)).items.length, 1)
  })

  test('are twenty at most: the one that was used longest ago makes room', async () => {
    const { email } = await stage.user()
    const first = await stage.signIn(email)
    const rest = []
    for (let n = 0; n < 19; n++) rest.push(await stage.signIn(email))
    await stage.later(1)
    const kept = await refresh(first.refreshToken)
    const last = await stage.signIn(email)
    assert.equal(await codeOfToken(access, last.accessToken), 'known')
    const { items } = await access.listMySessions(await stage.as(last))
    assert.equal(items.length, 20)
    assert.equal(await codeOfToken(access, kept.accessToken), 'known')
    const codes = await Promise.all(rest.map((each) => codeOfToken(access, each.accessToken)))
    assert.deepEqual(tally(codes), { known: 18, unauthenticated: 1 })
  })

  test('and every beginning, renewal and end of one is in the log', async () => {
    const { email, id } = await stage.user()
    const session = await stage.signIn(email)
    const next = await refresh(session.refreshToken)
    await refresh(session.refreshToken)
    await access.endSession(await stage.as(next))
    const { items } = await access.listAudit(BY_OPERATOR, { actor: id, limit: 10 })
    assert.deepEqual(
      items.map(({ action, subject }) => [action, subject]),
      [
        ['endSession', session.id],
        ['refreshSession', session.id],
        ['createSession', session.id],
      ],
    )
  })
})
