import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newUuid, type Scope } from '../../src/protocol/index.ts'
import { codeOf } from '../support/engines.ts'
import { ask, BY_OPERATOR, bearer, codeOfToken, useAccess, writtenDown } from './use-access.ts'

const stage = await useAccess('auth keys')
const { access, owner } = stage
const create = async (body: { scopes?: Scope[]; shows?: string[]; expiresAt?: string } = {}) => {
  const key = { name: 'Partner', scopes: ['sell'] as Scope[], ...body }
  return (await access.createApiKey(BY_OPERATOR, key)).value
}
const rotate = async (key: string, overlapSeconds: number) => {
  return (await access.rotateApiKey(BY_OPERATOR, key, { overlapSeconds })).value
}
const get = async (key: string) => {
  const { items } = await access.listApiKeys(BY_OPERATOR, { limit: 1_000 })
  return items.find(({ id }) => id === key)
}

test('a key is shown once, and has scopes and shows', async () => {
  const { secret, ...key } = await create({ scopes: ['sell', 'journal'], shows: ['hamlet'] })
  assert.match(secret, /^rlp_[0-9A-Z]{8}_[\w-]{43}$/)
  assert.equal(key.prefix, secret.slice(0, 12))
  assert.deepEqual([key.createdBy, key.lastUsedAt, key.revokedAt], ['operator', null, null])
  assert.equal(JSON.stringify(await get(key.id)).includes(secret), false)
  const identity = await access.identify(bearer(secret))
  assert.deepEqual([...(identity.scopes ?? [])], ['sell', 'journal'])
  assert.deepEqual([...(identity.shows ?? [])], ['hamlet'])
  assert.deepEqual(identity.caller, {
    scope: key.id,
    actor: key.id,
    owner: key.id,
    boxOffice: false,
    seller: true,
    heldSeatsMax: null,
  })
  const me = await access.getMe(ask(identity))
  assert.deepEqual([me.role, me.key?.id, me.user, me.session], ['partner', key.id, null, null])
  const reader = await create({ scopes: ['journal'] })
  assert.equal((await access.identify(bearer(reader.secret))).caller.seller, false)
})

test('what is not exactly a secret opens nothing, and a cookie carries none', async () => {
  const { secret } = await create()
  const swapped = secret.endsWith('A') ? 'B' : 'A'
  const wrong = [secret.slice(0, -1), `${secret}A`, secret.slice(0, -1) + swapped, secret.slice(4)]
  wrong.push(secret.toLowerCase(), secret.slice(0, 12))
  for (const token of wrong) assert.equal(await codeOfToken(access, token), 'unauthenticated')
  const byCookie = Promise.resolve().then(() =>
    access.identify({ cookie: secret, address: '192.0.2.1' }),
  )
  assert.equal(await codeOf(byCookie), 'unauthenticated')
})

test('a new secret takes over from the old one, which ends after the overlap', async () => {
  const { id, secret: old } = await create()
  const { secret: next, prefix, secrets } = await rotate(id, 3_600)
  assert.equal(prefix, next.slice(0, 12))
  assert.deepEqual(
    secrets.map((each) => each.expiresAt === null),
    [true, false],
  )
  for (const secret of [old, next]) assert.equal(await codeOfToken(access, secret), 'known')
  await stage.later(3_600)
  assert.equal(await codeOfToken(access, old), 'unauthenticated')
  assert.equal(await codeOfToken(access, next), 'known')
  const { secret: last } = await rotate(id, 0)
  assert.equal(await codeOfToken(access, next), 'unauthenticated')
  assert.equal(await codeOfToken(access, last), 'known')
})

test('a longer overlap does not lengthen what a shorter one has begun', async () => {
  const { id, secret } = await create()
  await rotate(id, 60)
  await rotate(id, 3_600)
  await stage.later(61)
  assert.equal(await codeOfToken(access, secret), 'unauthenticated')
})

test('a revoked key opens nothing, here at once, and is never rotated', async () => {
  const { id, secret } = await create()
  const forgetful = await stage.open({ rememberMs: 5_000 })
  assert.equal(await codeOfToken(forgetful, secret), 'known')
  const revoked = await forgetful.revokeApiKey(BY_OPERATOR, id)
  assert.notEqual(revoked.revokedAt, null)
  assert.equal(await codeOfToken(forgetful, secret), 'unauthenticated')
  assert.equal(await codeOfToken(access, secret), 'unauthenticated')
  assert.deepEqual(await access.revokeApiKey(BY_OPERATOR, id), revoked)
  assert.equal(await codeOf(rotate(id, 0)), 'key_unknown')
  for (const key of ['key_0', `key_${'0'.repeat(32)}`]) {
    assert.equal(await codeOf(rotate(key, 0)), 'key_unknown')
    assert.equal(await codeOf(access.revokeApiKey(BY_OPERATOR, key)), 'key_unknown')
  }
})

test('a key ends when it was said to', async () => {
  const { rows } = await owner.query<{ at: Date }>("select rowlock.clock() + '1 hour' as at")
  const { secret } = await create({ expiresAt: (rows[0]?.at as Date).toISOString() })
  assert.equal(await codeOfToken(access, secret), 'known')
  await stage.later(3_600)
  assert.equal(await codeOfToken(access, secret), 'unauthenticated')
})

test('the last use is noted, once a minute at most', async () => {
  const { id, secret } = await create()
  const lastUse = async () => {
    await access.identify(bearer(secret))
    return (await get(id))?.lastUsedAt
  }
  const first = await lastUse()
  assert.notEqual(first, null)
  await stage.later(50)
  assert.equal(await lastUse(), first)
  await stage.later(10)
  assert.notEqual(await lastUse(), first)
})

test('a retry shows the same secret again, and nobody has kept it', async () => {
  const { identity } = BY_OPERATOR
  const body = { name: 'Retried', scopes: ['sell' as const] }
  const request = ask(identity, newUuid())
  const first = (await access.createApiKey(request, body)).value
  assert.deepEqual((await access.createApiKey(request, body)).value, first)
  const other = access.createApiKey(request, { ...body, name: 'Other' })
  assert.equal(await codeOf(other), 'idempotency_key_reused')
  const again = ask(identity, newUuid())
  const [one, two] = await Promise.all(
    [1, 2].map(() => access.rotateApiKey(again, first.id, { overlapSeconds: 60 })),
  )
  assert.equal(one?.value.secret, two?.value.secret)
  assert.deepEqual([one?.replayed, two?.replayed].toSorted(), [false, true])
  assert.equal((await get(first.id))?.secrets.length, 2)
  const weak = access.createApiKey(ask(identity, 'short'), body)
  assert.equal(await codeOf(weak), 'idempotency_key_invalid')
  const text = await writtenDown(owner)
  for (const secret of [first.secret, one?.value.secret ?? '']) {
    assert.ok(!text.includes(secret.slice(13)))
  }
  // As if it had been forgotten after a month: another key must not get the secret of the first.
  await owner.query('delete from rowlock.requests')
  assert.equal(await codeOf(access.createApiKey(request, body)), 'idempotency_key_reused')
})

test('a key is renamed, and goes on as it was; the log keeps both names', async () => {
  const { id, secret } = await create()
  const renamed = await access.changeApiKey(BY_OPERATOR, id, { name: 'Web shop, live' })
  assert.deepEqual([renamed.id, renamed.name], [id, 'Web shop, live'])
  assert.equal((await get(id))?.name, 'Web shop, live')
  assert.equal(await codeOfToken(access, secret), 'known')
  await access.changeApiKey(BY_OPERATOR, id, { name: 'Web shop, live' })
  const { items } = await access.listAudit(BY_OPERATOR, { limit: 10, action: 'changeApiKey' })
  const acts = items.filter(({ action }) => action === 'changeApiKey')
  assert.deepEqual(
    acts.map(({ details }) => details),
    [{ name: 'Web shop, live', nameBefore: 'Partner' }],
  )
  const nobody = access.changeApiKey(BY_OPERATOR, 'key_0', { name: 'x' })
  assert.equal(await codeOf(nobody), 'key_unknown')
})

test('keys are listed page by page', async () => {
  const ids: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await access.listApiKeys(BY_OPERATOR, { limit: 2, ...(cursor && { cursor }) })
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.next
  }
  assert.equal(new Set(ids).size, ids.length)
  assert.ok(ids.length > 5)
})
