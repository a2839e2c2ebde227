import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openAccess } from '../../src/auth/index.ts'
import { openDatabase } from '../../src/db/index.ts'
import { createTestDatabase } from '../support/database.ts'
import { codeOf } from '../support/engines.ts'
import { BY_ANYBODY, BY_OPERATOR, OPERATOR_KEY, PASSWORD, useAccess } from './use-access.ts'

const stage = await useAccess('auth audit')
const { access, owner } = stage

test('every administrative act is in the log, newest first, with who did it', async () => {
  const boss = await stage.user({ role: 'operator' })
  const request = await stage.as(await stage.signIn(boss.email))
  const { value: user } = await access.createUser(request, {
    name: 'A',
    email: 'a@x.org',
    password: PASSWORD,
  })
  await access.changeUser(request, user.id, { name: 'B' })
  await access.createSignInLink(request, user.id)
  const { value: key } = await access.createApiKey(request, {
    name: 'K',
    scopes: ['sell'],
  })
  await access.rotateApiKey(request, key.id, { overlapSeconds: 0 })
  await access.revokeApiKey(request, key.id)
  const { items } = await access.listAudit(BY_OPERATOR, { actor: boss.id, limit: 100 })
  assert.deepEqual(
    items.map(({ action, subject, requestId }) => [action, subject, requestId]),
    [
      ['revokeApiKey', key.id, 'a request'],
      ['rotateApiKey', key.id, 'a request'],
      ['createApiKey', key.id, 'a request'],
      ['createSignInLink', user.id, 'a request'],
      ['changeUser', user.id, 'a request'],
      ['createUser', user.id, 'a request'],
      ['createSession', request.identity.session, 'a request'],
    ],
  )
})

test('the log is read page by page, and by action', async () => {
  const first = await access.listAudit(BY_OPERATOR, { limit: 2 })
  assert.equal(first.items.length, 2)
  const second = await access.listAudit(BY_OPERATOR, { limit: 2, cursor: first.next ?? '' })
  assert.ok((second.items[0]?.id ?? 0) < (first.items[1]?.id ?? 0))
  assert.equal((await stage.acts('revokeApiKey')).length, 1)
  assert.equal(
    await codeOf(access.listAudit(BY_OPERATOR, { limit: 2, cursor: 'x' })),
    'invalid_request',
  )
})

test('nobody changes the log, not even the owner of the database', async () => {
  for (const text of [
    "update rowlock.audit_log set actor = 'somebody else'",
    'delete from rowlock.audit_log',
    'truncate rowlock.audit_log',
  ]) {
    await assert.rejects(owner.query(text), /append-only/)
  }
})

test('entries of the last ninety days stay, and older ones may go', async () => {
  const write = (days: number) =>
    owner.query(
      `insert into rowlock.audit_log (at, actor, action)
       values (rowlock.clock() - $1 * interval '1 day', 'test', 'aged')`,
      [days],
    )
  const remove = () => owner.query("delete from rowlock.audit_log where action = 'aged'")
  await write(91)
  assert.equal((await remove()).rowCount, 1)
  await write(89)
  await assert.rejects(remove(), /append-only for 90 days/)
})

test('servers can read no hash and no signing key, and write no table', async () => {
  const { rows } = await owner.query<{ name: string }>('select name from rowlock.server_roles')
  await owner.query(`begin; set local role "${rows[0]?.name}"; savepoint before`)
  const read = await owner.query('select from rowlock.audit_log limit 1')
  assert.equal(read.rowCount, 1, 'control: this is the role that servers act as')
  const tables = ['users', 'sessions', 'refresh_tokens', 'sign_in_links', 'api_key_secrets']
  for (const table of [...tables, 'signing_keys', 'secrets', 'attempts']) {
    await assert.rejects(owner.query(`select from rowlock.${table}`), /permission denied/, table)
    await owner.query('rollback to before')
  }
  for (const table of [...tables, 'api_keys', 'audit_log']) {
    await assert.rejects(owner.query(`delete from rowlock.${table}`), /permission denied/, table)
    await owner.query('rollback to before')
  }
  const unknown = "select rowlock.note_act('x', null, 'x', null, null)"
  await assert.rejects(owner.query(unknown), /permission denied/)
  await owner.query('rollback')
})

test('ten wrong passwords in 15 minutes are enough, on all servers together', async () => {
  const { email } = await stage.user()
  const other = await stage.open()
  const codes: string[] = []
  for (let n = 0; n < 12; n++) {
    const server = n % 2 === 0 ? access : other
    codes.push(await codeOf(server.createSession(BY_ANYBODY, { email, password: `wrong ${n}` })))
  }
  assert.deepEqual(codes.slice(9), ['credentials_wrong', 'rate_limited', 'rate_limited'])
  assert.equal(await codeOf(stage.signIn(email)), 'rate_limited')
  assert.equal(await codeOf(stage.signIn('another@x.org')), 'credentials_wrong')
  await stage.later(15 * 60)
  assert.equal(await codeOf(stage.signIn(email)), 'done')
  const acts = await stage.acts('sign_in_failed')
  assert.equal(acts.length, 11)
  assert.match(acts[0]?.actor ?? '', /^anonymous:[0-9a-f]{12}$/)
})

test('forty tries at once are not let through by looking first', async () => {
  const { email } = await stage.user()
  const tries = Array.from({ length: 40 }, (_, n) =>
    codeOf(access.createSession(BY_ANYBODY, { email, password: `wrong ${n}` })),
  )
  const codes = await Promise.all(tries)
  assert.equal(codes.filter((code) => code === 'credentials_wrong').length, 10)
  assert.equal(codes.filter((code) => code === 'rate_limited').length, 30)
})

test('right passwords are not counted', async () => {
  const { email } = await stage.user()
  for (let n = 0; n < 11; n++) assert.equal(await codeOf(stage.signIn(email)), 'done')
})

test('an address has thirty wrong sign-ins and twenty registrations, a /64 is one', async () => {
  const strict = await stage.open({ limitAddresses: () => true })
  const from = (n: number) => ({ ...BY_ANYBODY, address: `2001:db8:0:1::${n.toString(16)}` })
  const signIns: string[] = []
  for (let n = 0; n < 31; n++) {
    const body = { email: `${n}@x.org`, password: PASSWORD }
    signIns.push(await codeOf(strict.createSession(from(n), body)))
  }
  assert.deepEqual(signIns.slice(29), ['credentials_wrong', 'rate_limited'])
  const registrations: string[] = []
  for (let n = 0; n < 21; n++) {
    const body = { name: 'A', email: `registered-${n}@x.org`, password: PASSWORD }
    registrations.push(await codeOf(strict.createUser(from(n), body)))
  }
  assert.deepEqual(registrations.slice(19), ['done', 'rate_limited'])
  const elsewhere = { ...BY_ANYBODY, address: '2001:db8:0:2::1' }
  const body = { name: 'A', email: 'elsewhere@x.org', password: PASSWORD }
  assert.equal(await codeOf(strict.createUser(elsewhere, body)), 'done')
})

test('an address has one fingerprint on all servers, which does not tell it', async () => {
  const other = await stage.open()
  const of = (address: string) => access.pseudonymOf(address)
  assert.match(of('192.0.2.7'), /^[0-9a-f]{12}$/)
  assert.equal(other.pseudonymOf('192.0.2.7'), of('192.0.2.7'))
  assert.equal(of('::ffff:192.0.2.7'), of('192.0.2.7'))
  assert.notEqual(of('192.0.2.8'), of('192.0.2.7'))
  assert.equal(of('2001:db8::1'), of('2001:0DB8:0:0:ffff::2'))
  assert.notEqual(of('2001:db8:0:1::1'), of('2001:db8::1'))
})

test('a secret of all servers is the first that any offered under its name', async () => {
  const keep = async (name: string, value: string) => {
    const { rows } = await owner.query<{ kept: string }>(
      "select encode(rowlock.keep_secret($1, convert_to($2, 'utf8')), 'escape') as kept",
      [name, value],
    )
    return rows[0]?.kept
  }
  for (const [name, value, kept] of [
    ['one', 'first', 'first'],
    ['two', 'second', 'second'],
    ['two', 'third', 'second'],
    ['one', 'third', 'first'],
  ] as const) {
    assert.equal(await keep(name, value), kept)
  }
})

test('the first operator gets links until one can sign in with a password', async () => {
  const database = await createTestDatabase('auth bootstrap')
  const opened = await openDatabase(database.settings)
  after(async () => {
    await opened.close()
    await database.drop()
  })
  const fresh = await openAccess({ database: opened, operatorKey: OPERATOR_KEY, rememberMs: 0 })
  const [one, two] = await Promise.all([fresh.bootstrap(), fresh.bootstrap()])
  assert.notEqual(one?.token, two?.token)
  assert.match(one?.path ?? '', /^\/#link=[\w-]{43}$/)
  const { items } = await fresh.listUsers(BY_OPERATOR, { limit: 10 })
  assert.deepEqual(
    items.map(({ name, email, role }) => [name, email, role]),
    [['Operator', null, 'operator']],
  )
  const session = await fresh.createSession(BY_ANYBODY, { link: one?.token ?? '' })
  const authorization = `Bearer ${session.accessToken}`
  const identity = await fresh.identify({ authorization, address: '::1' })
  const request = { ...BY_ANYBODY, identity }
  await fresh.changePassword(request, { password: PASSWORD })
  assert.notEqual(await fresh.bootstrap(), null)
  await fresh.changeMe(request, { email: 'boss@x.org', password: PASSWORD })
  assert.equal(await fresh.bootstrap(), null)
  const actions = (await fresh.listAudit(BY_OPERATOR, { limit: 10 })).items
  assert.deepEqual(
    actions.map(({ action }) => action),
    ['changeMe', 'bootstrap', 'changePassword', 'createSession', 'bootstrap', 'bootstrap'],
  )
})
