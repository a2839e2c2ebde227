import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeOf, unfitAttributes, urlsOf } from '../../src/db/hosts.ts'

const CASES: readonly [string, readonly string[]][] = [
  ['postgres://me@one/shop', ['postgres://me@one/shop']],
  ['postgres://one:1,two:2/shop', ['postgres://one:1/shop', 'postgres://two:2/shop']],
  [
    'postgresql://me:a,b@one,[::1]:5433/shop?sslmode=require',
    [
      'postgresql://me:a,b@one/shop?sslmode=require',
      'postgresql://me:a,b@[::1]:5433/shop?sslmode=require',
    ],
  ],
  [
    'postgres://one,two/shop?target_session_attrs=read-write',
    ['postgres://one/shop', 'postgres://two/shop'],
  ],
  [
    'postgres://one,two/shop?target_session_attrs=primary&sslmode=disable',
    ['postgres://one/shop?sslmode=disable', 'postgres://two/shop?sslmode=disable'],
  ],
  [
    'postgres:///shop?host=/run/a,/run/b&port=1,2',
    ['postgres:///shop?host=/run/a&port=1', 'postgres:///shop?host=/run/b&port=2'],
  ],
  [
    'postgres:///shop?host=/run/a%2C/run/b&port=1',
    ['postgres:///shop?host=/run/a&port=1', 'postgres:///shop?host=/run/b&port=1'],
  ],
]

for (const [url, urls] of CASES) {
  test(`${url} is ${urls.length} of one host`, () => {
    assert.deepEqual(urlsOf(url), urls)
  })
}

test('a place for people has neither user nor password', () => {
  assert.equal(placeOf('postgres://me:secret@one:5432/shop?x=1'), 'one:5432')
  assert.equal(placeOf('postgres://me:secret@/shop?host=/run/a'), '/run/a')
  assert.equal(placeOf('postgres:///shop'), 'a local socket')
  assert.equal(placeOf(undefined), 'the database')
})

test('who asks for a standby is told so', () => {
  assert.equal(unfitAttributes('postgres://one,two/shop?target_session_attrs=standby'), 'standby')
  assert.equal(unfitAttributes('postgres://one,two/shop?target_session_attrs=read-write'), null)
  assert.equal(unfitAttributes('postgres://one,two/shop'), null)
})
