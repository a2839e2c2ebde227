import assert from 'node:assert/strict'
import { createSecretKey, randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { SignJWT, UnsecuredJWT } from 'jose'
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

interface Key {
  readonly kid: string
  readonly secret: Buffer
}

let alice: Person
let operator: Person
let key: Key

/** What the server signs with: a thief of the database has it, and nobody else. */
async function signingKey(): Promise<Key> {
  const client = new pg.Client(database.owner)
  await client.connect()
  const { rows } = await client.query<Key>('select kid, secret from rowlock.signing_keys')
  await client.end()
  assert.equal(rows.length, 1)
  return rows[0] as Key
}

before(async () => {
  ;[alice, operator] = [await person(), await person('operator')]
  key = await signingKey()
})

const payloadOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
const now = () => Math.floor(Date.now() / 1000)

interface Forgery {
  alg?: string
  typ?: string
  kid?: string
  secret?: Buffer
  claims?: Record<string, unknown>
}

/** A token of Alice's session, right in everything but what is changed. */
async function forge(changes: Forgery): Promise<string> {
  const claims = {
    sub: alice.id,
    sid: alice.session,
    role: 'user',
    iss: 'rowlock',
    aud: 'rowlock',
    iat: now(),
    exp: now() + 300,
    ...changes.claims,
  }
  const header = { alg: 'HS256', typ: 'at+jwt', kid: key.kid, ...changes }
  const { alg, typ, kid } = header
  const jwt = new SignJWT(JSON.parse(JSON.stringify(claims)))
  const secret = createSecretKey(changes.secret ?? key.secret)
  return jwt.setProtectedHeader({ alg, typ, kid }).sign(secret)
}

async function assertRefused(who: Who): Promise<void> {
  for (const path of ['/v1/me', '/v1/shows', '/v1/users']) {
    const reply = await call(who, 'GET', path)
    assert.equal(reply.body.code, 'unauthenticated', reply.text)
    assert.match(reply.headers.get('www-authenticate') ?? '', /invalid_token/)
  }
}

describe('a forged token opens nothing', () => {
  test('control: one that is right in everything does', async () => {
    assert.equal(alice.id, payloadOf(alice.accessToken).sub)
    assert.equal((await call(bearer(await forge({})), 'GET', '/v1/me')).status, 200)
  })

  const forgeries: [string, Forgery][] = [
    ['signed with a secret of one’s own', { secret: Buffer.alloc(32, 1) }],
    ['signed with an empty secret', { secret: Buffer.alloc(32, 0) }],
    ['of another key id', { kid: 'another' }],
    ['of a key id that leads elsewhere', { kid: '../../dev/null' }],
    ['of a key id with SQL in it', { kid: "' or '1'='1" }],
    ['of another type', { typ: 'JWT' }],
    ['signed with HS384', { alg: 'HS384', secret: Buffer.alloc(48, 1) }],
    ['signed with HS512', { alg: 'HS512', secret: Buffer.alloc(64, 1) }],
    ['that has run out', { claims: { iat: now() - 900, exp: now() - 600 } }],
    ['that never runs out', { claims: { exp: undefined } }],
    ['of another issuer', { claims: { iss: 'somebody' } }],
    ['for another audience', { claims: { aud: 'something' } }],
    ['not yet good', { claims: { nbf: now() + 600 } }],
    ['without a session', { claims: { sid: undefined } }],
    ['without a user', { claims: { sub: undefined } }],
    ['of a session that is not there', { claims: { sid: `session_${'0'.repeat(32)}` } }],
    ['with SQL for a session', { claims: { sid: "' or '1'='1" } }],
    ['with a UUID for a session', { claims: { sid: randomUUID() } }],
    ['with a number for a session', { claims: { sid: 1 } }],
    ['of a user that is not there', { claims: { sub: `user_${'0'.repeat(32)}` } }],
  ]
  for (const [what, changes] of forgeries) {
    test(what, async () => assertRefused(bearer(await forge(changes))))
  }

  test('unsigned', async () => {
    const { sub, sid } = payloadOf(alice.accessToken)
    const unsigned = new UnsecuredJWT({ sid, role: 'operator' })
      .setSubject(sub)
      .setIssuer('rowlock')
      .setAudience('rowlock')
      .setExpirationTime('5m')
      .encode()
    await assertRefused(bearer(unsigned))
    const [header = '', payload = ''] = unsigned.split('.')
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
      const bent = Buffer.from(JSON.stringify({ alg, typ: 'at+jwt', kid: key.kid }))
      await assertRefused(bearer(`${bent.toString('base64url')}.${payload}.`))
    }
    await assertRefused(bearer(`${header}.${payload}`))
  })

  test('changed afterwards, or with the signature of another one', async () => {
    const [header, payload, signature] = alice.accessToken.split('.')
    const claims = { ...payloadOf(alice.accessToken), role: 'operator' }
    const bent = Buffer.from(JSON.stringify(claims)).toString('base64url')
    await assertRefused(bearer(`${header}.${bent}.${signature}`))
    const [, , other] = operator.accessToken.split('.')
    await assertRefused(bearer(`${header}.${payload}.${other}`))
    await assertRefused(bearer(`${header}.${payload}.`))
    await assertRefused(bearer(`${alice.accessToken}x`))
  })
})

describe('a token is worth what the database says', () => {
  test('the role in it counts for nothing', async () => {
    const token = await forge({ claims: { role: 'operator' } })
    assert.equal((await must(bearer(token), 'GET', '/v1/me')).role, 'user')
    assert.equal((await call(bearer(token), 'GET', '/v1/users')).body.code, 'forbidden')
  })

  test('the session of one and the name of another do not go together', async () => {
    await assertRefused(bearer(await forge({ claims: { sub: operator.id } })))
    await assertRefused(bearer(await forge({ claims: { sid: operator.session } })))
  })

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
    await must(somebody.who, 'POST', '/v1/me/password', body)
    await assertRefused(bearer(other.accessToken))
    assert.equal((await call(somebody.who, 'GET', '/v1/me')).status, 200)
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
    const [prefix = ''] = authorization.replace('Bearer ', '').split(/_(?=[^_]{20,})/)
    await assertRefused(bearer(prefix))
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
