import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConnectError } from '../../src/db/connect-error.ts'
import { Failures } from '../../src/db/failures.ts'

function failure(code: string): Error {
  return Object.assign(new Error(`it failed with ${code}`), { code })
}

function open() {
  const told: string[] = []
  const clock = { now: 0 }
  const failures = new Failures(
    ({ message }) => told.push(message),
    () => clock.now,
  )
  return { told, clock, failures }
}

test('every failure is counted by kind, SQLSTATE and place', () => {
  const { failures } = open()
  assert.equal(failures.note(failure('40P01'), 'write'), 'retry')
  failures.note(failure('40P01'), 'write')
  failures.note(failure('40P01'), 'call')
  failures.note(failure('ECONNREFUSED'), 'connect')
  failures.note(new TypeError('x'), 'read')
  assert.deepEqual(failures.counts(), [
    { kind: 'retry', sqlstate: '40P01', place: 'write', count: 2 },
    { kind: 'retry', sqlstate: '40P01', place: 'call', count: 1 },
    { kind: 'lost', sqlstate: 'ECONNREFUSED', place: 'connect', count: 1 },
    { kind: 'bug', sqlstate: 'none', place: 'read', count: 1 },
  ])
})

test('a kind is told once a minute, and how many there were meanwhile', () => {
  const { told, clock, failures } = open()
  for (let count = 0; count < 1_000; count++) failures.note(failure('40P01'), 'write')
  failures.note(failure('55P03'), 'write')
  clock.now = 59_999
  failures.note(failure('40001'), 'write')
  clock.now = 60_000
  failures.note(failure('40P01'), 'read')
  assert.deepEqual(told, [
    'The database failed while writing: retry, 40P01: it failed with 40P01',
    'The database failed while writing: locked, 55P03: it failed with 55P03',
    'The database failed while reading: retry, 40P01: it failed with 40P01 ' +
      '(1000 more of this kind since it was last told)',
  ])
})

test('what passes several who note it, or is wrapped on the way, is one failure', () => {
  const { failures } = open()
  const error = failure('28P01')
  failures.note(error, 'connect')
  failures.note(new ConnectError(error), 'read')
  failures.note(error, 'write')
  assert.deepEqual(
    failures.counts().map(({ place, count }) => [place, count]),
    [['connect', 1]],
  )
})
