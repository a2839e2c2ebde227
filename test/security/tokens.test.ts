import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { before, describe, test } from 'node:test'
import pg from 'pg'
import {
  ANONYMOUS,
  bearer,
  OPERATOR,
  PASSWORD,
  type Person,
  useCast,
  type Who,
} from './use-cast.ts'

const { call, must, person, partner, database } = await useCast('tokens')

let alice: Person
let operator: Person

before(async () => {
  ;[alice, operator] = [await person(), await person('operator')]
})

async function assertRefused(who: Who): Promise<void> {
  for (const path of ['/v1/me', '/v1/shows', '/v1/users']) {
    const reply = await call(who, 'GET', path)
    assert.equal(reply.body.code, 'unauthenticated', reply.text)
    assert.match(reply.headers.get('www-authenticate') ?? '', /invalid_token/)
  }
}

/** Everything that a thief of the database has, in one row each. */
async function everythingOf(table: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(database.owner)
  await client.connect()
  const { rows } = await client.query(`select * from rowlock.${table}`)
  await client.end()
  return rows
}

describe('a forged token opens nothing', () => {
  test('whatever is changed in one that is good', async () => {
    assert.equal((await call(alice.who, 'GET', '/v1/me')).status, 200)
    for (let index = 0; index < alice.accessToken.length; index += 6) {
      const letter = alice.accessToken[index] === 'x' ? 'y' : 'x'
      const bent = alice.accessToken.split('').with(index, letter).join('')
      await assertRefused(bearer(bent))
    }
    const [one, other] = [alice.accessToken, operator.accessToken]
    await assertRefused(bearer(`${one.slice(0, -11)}${other.slice(-11)}`))
    await assertRefused(bearer(`${one}x`))
    await assertRefused(bearer(`${one.slice(0, -1)}`))
  })

  test('nor does one signed as the version before did it, with its key', async () => {
    const [part = {}] = await everythingOf('secrets')
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      sub: operator.id,
      sid: operator.session,
      role: 'operator',
      iss: 'rowlock',
      aud: 'rowlock',
      exp: now + 300,
    }
    for (const alg of ['HS256', 'none']) {
      const text = `${encode({ alg, typ: 'at+jwt', kid: '1' })}.${encode(claims)}`
      const key = part.value as Buffer
      const signature = createHmac('sha256', key).update(text).digest('base64url')
      await assertRefused(bearer(`${text}.${alg === 'none' ? '' : signature}`))
    }
  })

  test('a copy of the database is nobody: no row of it lets anybody in', async () => {
    const values: string[] = []
    for (const table of ['refresh_tokens', 'sessions', 'sign_in_links', 'secrets', 'users']) {
      for (const row of await everythingOf(table)) {
        for (const value of Object.values(row)) {
          if (Buffer.isBuffer(value)) {
            values.push(value.toString('hex'), value.toString('base64url'))
            values.push(`rla_${value.toString('base64url')}${'A'.repeat(11)}`)
          } else if (typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)) values.push(value)
        }
      }
    }
    assert.ok(values.length > 20)
    for (const value of values) {
      const reply = await call(bearer(value), 'GET', '/v1/me')
      assert.equal(reply.body.code, 'unauthenticated', value)
      const refreshed = await call(ANONYMOUS, 'POST', '/v1/sessions/refresh', {
        refreshToken: value,
      })
      assert.equal(refreshed.body.code, 'session_ended', value)
    }
    for (const { hash } of (await everythingOf('sign_in_links')).slice(0, 3)) {
      const body = { link: (hash as Buffer).toString('base64url') }
      const link = await call(ANONYMOUS, 'POST', '/v1/sessions', body)
      assert.equal(link.body.code, 'credentials_wrong')
    }
    assert.deepEqual(await everythingOf('signing_keys'), [])
  })
})

describe('a token is worth what the database says', () => {
  test('a refresh token is no access token, nor the other way round', async () => {
    await assertRefused(bearer(alice.refreshToken))
    const body = { refreshToken: alice.accessToken }
    const reply = await call(ANONYMOUS, 'POST', '/v1/sessions/refresh', body)
    assert.equal(reply.body.code, 'session_ended')
  })

  test('it ends at once with its session, however that ends', async () => {
    const endings: ((somebody: Person) => Promise<unknown>)[] = [
      ({ who }) => must(who, 'POST', '/v1/sessions/end', {}),
      ({ who }) => must(who, 'POST', '/v1/sessions/end-all', {}),
      ({ id }) => must(OPERATOR, 'POST', `/v1/users/${id}/sessions/end`, {}),
      ({ id }) => must(OPERATOR, 'PATCH', `/v1/users/${id}`, { disabled: true }),
      ({ id }) => must(OPERATOR, 'PATCH', `/v1/users/${id}`, { role: 'box_office' }),
    ]
    for (const end of endings) {
      const somebody = await person()
      assert.equal((await call(somebody.who, 'GET', '/v1/me')).status, 200)
      await end(somebody)
      await assertRefused(somebody.who)
      const body = { refreshToken: somebody.refreshToken }
      const reply = await call(ANONYMOUS, 'POST', '/v1/sessions/refresh', body)
      assert.equal(reply.body.code, 'session_ended', reply.text)
    }
  })

  test('a new password ends all other sessions', async () => {
    const somebody = await person()
    const credentials = { email: somebody.email, password: PASSWORD }
    const other = await must(ANONYMOUS, 'POST', '/v1/sessions', credentials)
    const body = { current: PASSWORD, password: `${PASSWORD} and oars` }
    const changed = await must(somebody.who, 'POST', '/v1/me/password', body)
    await assertRefused(bearer(other.accessToken))
    const { accessToken, refreshToken } = changed.session as Record<string, string>
    for (const token of [somebody.accessToken, accessToken]) {
      assert.equal((await call(bearer(token), 'GET', '/v1/me')).status, 200)
    }
    const stolen = { refreshToken: somebody.refreshToken }
    const late = await call(ANONYMOUS, 'POST', '/v1/sessions/refresh', stolen)
    assert.equal(late.body.code, 'session_ended')
    await must(ANONYMOUS, 'POST', '/v1/sessions/refresh', { refreshToken })
    const old = await call(ANONYMOUS, 'POST', '/v1/sessions', credentials)
    assert.equal(old.body.code, 'credentials_wrong')
  })

  test('a key ends at once when it is revoked, and when its overlap ends', async () => {
    const made = await must(OPERATOR, 'POST', '/v1/api-keys', { name: 'K', scopes: ['sell'] })
    const first = bearer(made.secret)
    assert.equal((await call(first, 'GET', '/v1/me')).status, 200)
    const rotated = await must(OPERATOR, 'POST', `/v1/api-keys/${made.id}/rotate`, {})
    const second = bearer(rotated.secret)
    for (const who of [first, second]) {
      assert.equal((await call(who, 'GET', '/v1/me')).status, 200)
    }
    const now = { overlapSeconds: 0 }
    const third = bearer(
      (await must(OPERATOR, 'POST', `/v1/api-keys/${made.id}/rotate`, now)).secret,
    )
    await assertRefused(first)
    await assertRefused(second)
    assert.equal((await call(third, 'GET', '/v1/me')).status, 200)
    await must(OPERATOR, 'POST', `/v1/api-keys/${made.id}/revoke`, {})
    await assertRefused(third)
  })

  test('the visible prefix of a key opens nothing', async () => {
    const { authorization = '' } = await partner(['sell'])
    await assertRefused({ authorization: authorization.slice(0, 'Bearer rlp_12345678'.length) })
    await assertRefused({ authorization: `${authorization.slice(0, -1)}~` })
    await assertRefused({ authorization: authorization.toUpperCase() })
  })
})

describe('a sign-in link', () => {
  test('is good once', async () => {
    const { token } = await must(OPERATOR, 'POST', `/v1/users/${alice.id}/links`, {})
    await must(ANONYMOUS, 'POST', '/v1/sessions', { link: token })
    const again = await call(ANONYMOUS, 'POST', '/v1/sessions', { link: token })
    assert.equal(again.body.code, 'credentials_wrong')
  })

  test('is used once by many who come at the same time', async () => {
    const { token } = await must(OPERATOR, 'POST', `/v1/users/${alice.id}/links`, {})
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => call(ANONYMOUS, 'POST', '/v1/sessions', { link: token })),
    )
    assert.equal(replies.filter(({ status }) => status === 201).length, 1)
  })

  test('does not sign in who is disabled', async () => {
    const somebody = await person()
    const { token } = await must(OPERATOR, 'POST', `/v1/users/${somebody.id}/links`, {})
    await must(OPERATOR, 'PATCH', `/v1/users/${somebody.id}`, { disabled: true })
    const reply = await call(ANONYMOUS, 'POST', '/v1/sessions', { link: token })
    assert.equal(reply.body.code, 'credentials_wrong')
  })
})
