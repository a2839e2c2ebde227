import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import pg from 'pg'
import { pino } from 'pino'
import { OPERATOR_KEY } from '../support/servers.ts'
import { ANONYMOUS, bearer, OPERATOR, useCast } from './use-cast.ts'

const lines: string[] = []
const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
const cast = await useCast('secrets', { logger })
const { call, must, show, database } = cast

const password = `secret-${randomUUID()}`
const wrong = `wrong-${randomUUID()}`
const next = `next-${randomUUID()}`
/** Secrets by what each is, so that a failure tells. */
const secrets = new Map<string, string>([
  ['the operator key', OPERATOR_KEY],
  ['a password', password],
  ['a wrong password', wrong],
  ['a new password', next],
])

/** Everything that can be signed in and out, and every secret that comes of it. */
async function useEverySecret(): Promise<void> {
  const email = `${randomUUID()}@secrets.example`
  await must(ANONYMOUS, 'POST', '/v1/users', { name: 'Alice', email, password })
  await call(ANONYMOUS, 'POST', '/v1/sessions', { email, password: wrong })
  const session = await must(ANONYMOUS, 'POST', '/v1/sessions', { email, password })
  const { accessToken, refreshToken, user } = session as Record<string, string>
  secrets.set('an access token', String(accessToken)).set('a refresh token', String(refreshToken))
  const who = bearer(accessToken)
  const changed = await must(who, 'POST', '/v1/me/password', { current: password, password: next })
  const renewed = changed.session as Record<string, string>
  secrets.set('a new access token', String(renewed.accessToken))
  const { id } = user as unknown as { id: string }
  const link = await must(OPERATOR, 'POST', `/v1/users/${id}/links`, {})
  secrets.set('a link', String(link.token))
  await must(ANONYMOUS, 'POST', '/v1/sessions', { link: link.token })
  await call(ANONYMOUS, 'POST', '/v1/sessions', { link: link.token })
  await must(ANONYMOUS, 'POST', '/v1/sessions/refresh', { refreshToken: renewed.refreshToken })
  const key = await must(OPERATOR, 'POST', '/v1/api-keys', { name: 'Key', scopes: ['sell'] })
  secrets.set('an API key', String(key.secret))
  const holds = `/v1/shows/${await show()}/holds`
  for (const caller of [who, bearer(key.secret), OPERATOR, ANONYMOUS]) {
    await call(caller, 'POST', holds, { best: { quantity: 1 } })
    await call(caller, 'POST', '/v1/venues', { name: 5 })
  }
  await call({ authorization: `Bearer ${wrong}` }, 'GET', '/v1/me')
  const cookie = `rowlock_access=${accessToken}`
  await call({ cookie }, 'GET', '/v1/me')
}

async function everyRow(): Promise<string> {
  const client = new pg.Client(database.owner)
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'rowlock'",
  )
  let text = ''
  for (const { name } of rows) {
    const found = await client.query(`select to_jsonb(r)::text as row from rowlock."${name}" r`)
    text += found.rows.map(({ row }) => row).join('\n')
  }
  await client.end()
  return text
}

describe('no secret is told', () => {
  test('in any line of the log, not even of the most talkative one', async () => {
    await useEverySecret()
    assert.ok(lines.length > 20)
    const text = lines.join('')
    for (const [what, secret] of secrets) assert.ok(!text.includes(secret), what)
    assert.doesNotMatch(text, /authorization|set-cookie|\bcookie\b/i)
  })

  test('in any row of the database, where only their hashes are', async () => {
    const text = await everyRow()
    for (const [what, secret] of secrets) {
      assert.ok(!text.includes(secret), what)
      const hex = Buffer.from(secret).toString('hex')
      assert.ok(!text.includes(hex), `${what}, in hexadecimal digits`)
      const bytes = Buffer.from(secret.split('_').at(-1) ?? '', 'base64url').toString('hex')
      assert.ok(bytes.length < 40 || !text.includes(bytes), `${what}, decoded`)
    }
    assert.match(text, /\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  test('in the answers of those who list people, keys and what was done', async () => {
    for (const path of [
      '/v1/users',
      '/v1/api-keys',
      '/v1/audit',
      '/v1/me',
      '/metrics',
      '/health',
    ]) {
      const { text } = await call(OPERATOR, 'GET', path)
      for (const [what, secret] of secrets) assert.ok(!text.includes(secret), `${what} in ${path}`)
      assert.doesNotMatch(text, /argon2|password_?hash/i)
    }
  })

  test('in the audit log, which tells the rest', async () => {
    const { items } = await must(OPERATOR, 'GET', '/v1/audit?limit=1000')
    const actions = new Set((items as { action: string }[]).map(({ action }) => action))
    for (const action of ['createSignInLink', 'createApiKey', 'sign_in_failed']) {
      assert.ok(actions.has(action), `${action} is missing in ${[...actions]}`)
    }
  })
})
