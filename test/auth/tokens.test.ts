import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose'
import { codeOfToken, useAccess } from './use-access.ts'

const stage = await useAccess('auth tokens')
const { access, owner } = stage
const { email } = await stage.user()

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

async function signIn() {
  const { accessToken } = await stage.signIn(email)
  const token = accessToken as string
  return { token, header: decodeProtectedHeader(token), claims: decodeJwt(token) }
}

async function secretOf(kid: string | undefined): Promise<Uint8Array> {
  const { rows } = await owner.query<{ secret: Buffer }>(
    'select secret from rowlock.signing_keys where kid = $1',
    [kid],
  )
  return new Uint8Array(rows[0]?.secret as Buffer)
}

test('a token is what it should be', async () => {
  const { token, header, claims } = await signIn()
  assert.deepEqual([header.alg, header.typ, typeof header.kid], ['HS256', 'at+jwt', 'string'])
  assert.deepEqual([claims.iss, claims.aud, claims.role], ['rowlock', 'rowlock', 'user'])
  assert.equal((claims.exp ?? 0) - (claims.iat ?? 0), 300)
  assert.equal(await codeOfToken(access, token), 'known')
})

test('a token that is made like ours is known: forgeries differ from it in one thing', async () => {
  const { header, claims } = await signIn()
  const signed = await new SignJWT(claims)
    .setProtectedHeader({ ...header, alg: 'HS256' })
    .sign(await secretOf(header.kid))
  assert.equal(await codeOfToken(access, signed), 'known')
})

test('a forged token opens nothing', async () => {
  const { token, header, claims } = await signIn()
  const secret = await secretOf(header.kid)
  const [, , signature] = token.split('.')
  const sign = (
    changes: Record<string, unknown>,
    headers: Record<string, unknown> = {},
    key = secret,
  ) =>
    new SignJWT({ ...claims, ...changes })
      .setProtectedHeader({ ...header, alg: 'HS256', ...headers })
      .sign(key)
  const long = new Uint8Array(64).fill(7)
  const forgeries: Record<string, string> = {
    'another payload': `${encode(header)}.${encode({ ...claims, role: 'operator' })}.${signature}`,
    'another key': await sign({}, {}, new Uint8Array(32)),
    'no algorithm': new UnsecuredJWT(claims).encode(),
    'none under our kid': `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`,
    RS256: `${encode({ ...header, alg: 'RS256' })}.${encode(claims)}.${signature}`,
    HS512: await sign({}, { alg: 'HS512' }, long),
    'another type': await sign({}, { typ: 'JWT' }),
    'no type': await sign({}, { typ: undefined }),
    'another issuer': await sign({ iss: 'elsewhere' }),
    'another audience': await sign({ aud: 'elsewhere' }),
    'an unknown kid': await sign({}, { kid: '0011223344556677' }),
    'no kid': await sign({}, { kid: undefined }),
    'a kid that is a path': await sign({}, { kid: "../../' or 1=1 --" }),
    'no end': await sign({ exp: undefined }),
    'an end long ago': await sign({ exp: 1 }),
    'a time to come': await sign({ nbf: 4_000_000_000 }),
    'another user': await sign({ sub: `user_${'0'.repeat(32)}` }),
    'no session': await sign({ sid: undefined }),
    'a session that is a number': await sign({ sid: 7 }),
    'a cut-off signature': token.slice(0, -4),
    nothing: 'a.b.c',
  }
  for (const [what, forgery] of Object.entries(forgeries)) {
    assert.equal(await codeOfToken(access, forgery), 'unauthenticated', what)
  }
  assert.equal(await codeOfToken(access, token), 'known')
})

test('a session id that is no UUID is refused, not an accident', async () => {
  const { header, claims } = await signIn()
  const odd = await new SignJWT({ ...claims, sid: 'x' })
    .setProtectedHeader({ ...header, alg: 'HS256' })
    .sign(await secretOf(header.kid))
  assert.equal(await codeOfToken(access, odd), 'unauthenticated')
})

test('a token ends after five minutes, also where it is remembered', async () => {
  const { token } = await signIn()
  await stage.later(299)
  assert.equal(await codeOfToken(access, token), 'known')
  await stage.later(2)
  assert.equal(await codeOfToken(access, token), 'unauthenticated')
})

test('a key that another server made verifies, and old ones as long as they must', async () => {
  const other = await stage.open()
  const before = await signIn()
  assert.equal(await codeOfToken(other, before.token), 'known')
  await stage.later(30 * 86_400 + 1)
  const after = await signIn()
  assert.notEqual(after.header.kid, before.header.kid)
  // Signing keys are looked up again at most once a second: until then it is refused.
  const giveUpAt = performance.now() + 5_000
  let code = ''
  while (code !== 'known' && performance.now() < giveUpAt) {
    code = await codeOfToken(other, after.token)
  }
  assert.equal(code, 'known')
  const kids = async () => {
    const { rows } = await owner.query<{ kid: string }>(
      'select kid from rowlock.signing_keys order by created_at',
    )
    return rows.map(({ kid }) => kid)
  }
  assert.deepEqual(await kids(), [before.header.kid, after.header.kid])
  await stage.later(30 * 86_400 + 1)
  const last = await signIn()
  assert.deepEqual(await kids(), [after.header.kid, last.header.kid])
})
