import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classify, type FailureKind, sqlstateOf } from '../../src/db/sqlstate.ts'

function failure(code: string, message = 'it failed'): Error {
  return Object.assign(new Error(message), { code })
}

const MEANINGS: Readonly<Record<FailureKind, readonly string[]>> = {
  retry: ['40001', '40P01', '40002', '55006'],
  locked: ['55P03'],
  lost: [
    ...['40003', '57P01', '57P02', '57P03', '57P05', '08000', '08003', '08006', '08P01'],
    ...['ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ETIMEDOUT', 'ENOENT'],
  ],
  read_only: ['25006'],
  refused: ['25P03', '25P04', 'RL001', 'RL002'],
  timeout: ['57014'],
  full: ['53000', '53100', '53200', '53300', '58030'],
  behind: ['3F000', '42703', '42704', '42883', '42P01'],
  bug: ['23505', '42601', '22P02', '42501', '28P01', '3D000', 'XX000', 'EACCES', 'EPERM'],
}

for (const [kind, codes] of Object.entries(MEANINGS)) {
  test(`${codes.join(', ')} mean ${kind}`, () => {
    for (const code of codes) assert.equal(classify(failure(code)), kind, code)
  })
}

test('a connection that the driver lost without a code is in doubt', () => {
  const messages = [
    'Connection terminated',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
    'Query read timeout',
    'timeout expired',
    'timeout exceeded when trying to connect',
  ]
  for (const message of messages) assert.equal(classify(new Error(message)), 'lost', message)
})

test('a node of Citus that went down in the middle is no bug of ours', () => {
  const messages = [
    'failure on connection marked as essential: db1:5432',
    'terminating connection due to unexpected postmaster exit',
  ]
  for (const message of messages) assert.equal(classify(failure('XX000', message)), 'lost')
  // Here the session was ended, and what it had begun was rolled back for certain.
  const idle = 'terminating connection due to idle-in-transaction timeout'
  assert.equal(classify(failure('25P03', idle)), 'refused')
})

test('a statement prepared for a function of before a migration needs a new connection', () => {
  const error = failure('0A000', 'cached plan must not change result type')
  assert.equal(classify(error), 'lost')
})

test('whatever is no database error is a bug', () => {
  for (const thrown of [new TypeError('x is not a function'), 'text', null, undefined, 42, {}]) {
    assert.equal(classify(thrown), 'bug')
  }
})

test('only PostgreSQL has SQLSTATEs', () => {
  assert.equal(sqlstateOf(failure('23505')), '23505')
  assert.equal(sqlstateOf(failure('EPIPE')), null)
  assert.equal(sqlstateOf(failure('ECONNRESET')), null)
  assert.equal(sqlstateOf(null), null)
})
