import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ApiKey, ApiKeyWithSecret, SignInLink, User } from '../../src/protocol/index.ts'
import { environmentOf } from '../support/command-line.ts'
import { rowlockHere } from '../support/conversation.ts'
import { useTestDatabase } from '../support/database.ts'

const database = await useTestDatabase('cli people')
const environment = environmentOf(database)
const on = (...args: string[]) => rowlockHere(args, environment)

describe('rowlock user', () => {
  it('creates somebody, lets them in once, and locks them out', async () => {
    const args = ['create', 'ada@example.org', '--name', 'Ada', '--role', 'box_office']
    const created = await on('user', ...args, '--json')
    assert.equal(created.code, 0, created.stderr)
    const { user } = created.json<{ user: User }>()
    assert.deepEqual([user.role, user.hasPassword], ['box_office', false])
    const linked = await on('user', 'link', user.id, '--json')
    assert.match(linked.json<{ link: SignInLink }>().link.path, /^\/#link=[\w-]{43}$/)
    assert.equal((await on('user', 'sign-out', user.id)).stdout, '0 sessions ended.\n')
    const factor = await on('user', 'remove-second-factor', user.id)
    assert.equal(factor.code, 1)
    assert.match(factor.stderr, /No second factor is set up/)
    assert.equal((await on('user', 'disable', user.id)).stdout, 'Ada is disabled.\n')
    const { stdout } = await on('user', 'list')
    assert.match(stdout, /^USER +NAME +E-MAIL +ROLE +SINCE \(UTC\)\n/)
    assert.match(stdout, /box_office/)
    const csv = await on('user', 'list', '--role', 'box_office', '--csv')
    assert.match(csv.stdout, /^id,name,email,.*\r\nuser_\w{32},Ada,ada@example\.org,.*\r\n$/)
    assert.equal((await on('user', 'list', '--role', 'operator', '--limit', '5')).code, 0)
  })

  it('refuses what cannot be, with the exit codes of all commands', async () => {
    const taken = await on('user', 'create', 'ADA@example.org', '--name', 'Ada')
    assert.equal(taken.code, 1)
    assert.match(taken.stderr, /Another user already has this e-mail address/)
    const wrong = await on('user', 'create', 'ada', '--name', 'Ada')
    assert.equal(wrong.code, 2)
    assert.match(wrong.stderr, /--email/)
    assert.equal((await on('user', 'link', 'user_0')).code, 1)
  })
})

describe('rowlock key', () => {
  it('creates, rotates, lists and revokes; the secret is shown once', async () => {
    const created = await on('key', 'create', 'Web shop', '--scopes', 'sell, amend', '--json')
    assert.equal(created.code, 0, created.stderr)
    const { key } = created.json<{ key: ApiKeyWithSecret }>()
    assert.deepEqual([key.scopes, key.createdBy], [['sell', 'amend'], 'cli'])
    const rotated = await on('key', 'rotate', key.id, '--overlap-seconds', '0')
    assert.match(rotated.stdout, /^rlp_[0-9A-Z]{8}_[\w-]{43}\n/)
    assert.equal((await on('key', 'revoke', key.id)).code, 0)
    const { json, stdout } = await on('key', 'list', '--json')
    const { keys } = json<{ keys: ApiKey[] }>()
    assert.equal(keys.length, 1)
    assert.ok(!stdout.includes(key.secret))
    const csv = await on('key', 'list', '--csv')
    assert.match(csv.stdout, /^id,name,prefix,.*\r\nkey_\w{32},Web shop,rlp_.*\r\n$/)
    assert.ok(!csv.stdout.includes(key.secret))
    assert.equal((await on('key', 'rotate', key.id)).code, 1)
  })

  it('refuses scopes that there are not', async () => {
    const { code, stderr } = await on('key', 'create', 'x', '--scopes', 'sell,everything')
    assert.equal(code, 2)
    assert.match(stderr, /--scopes/)
  })
})
