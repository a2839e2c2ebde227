import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Budget } from '../../src/server/limits/budget.ts'

describe('a budget', () => {
  test('gives each client so many units in a window that its first request begins', () => {
    let now = 1_000
    const budget = new Budget(10, 60_000, () => now)
    assert.deepEqual(budget.take('a', 4), { max: 10, remaining: 6, seconds: 60, isExceeded: false })
    now += 59_000
    assert.equal(budget.take('a', 6).remaining, 0)
    assert.equal(budget.take('b', 1).remaining, 9)
    assert.deepEqual(budget.take('a', 1), { max: 10, remaining: 0, seconds: 1, isExceeded: true })
    now += 1_000
    assert.equal(budget.take('a', 1).remaining, 9)
  })

  test('takes nothing for what is refused, so that less may still be asked', () => {
    const budget = new Budget(10, 60_000, () => 0)
    budget.take('a', 7)
    assert.equal(budget.take('a', 4).isExceeded, true)
    assert.deepEqual(budget.take('a', 3), { max: 10, remaining: 0, seconds: 60, isExceeded: false })
  })

  test('can be looked at without taking', () => {
    const budget = new Budget(2, 60_000, () => 0)
    budget.take('a', 1)
    assert.equal(budget.look('a', 1).isExceeded, false)
    assert.equal(budget.look('a', 2).isExceeded, true)
    assert.equal(budget.look('a', 1).remaining, 1)
    assert.equal(budget.look('b', 2).isExceeded, false)
  })

  test('remembers 100,000 clients, and forgets the one whose window began first', () => {
    const budget = new Budget(1, 60_000, () => 0)
    for (let n = 0; n <= 100_000; n++) budget.take(String(n), 1)
    assert.equal(budget.look('0', 1).isExceeded, false)
    assert.equal(budget.look('1', 1).isExceeded, true)
  })
})
