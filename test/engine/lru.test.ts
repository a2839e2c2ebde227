import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Lru } from '../../src/engine/lru.ts'

const keysOf = (lru: Lru<string, number>, keys: string) =>
  [...keys].filter((key) => lru.get(key) !== undefined).join('')

test('what was not used goes first', () => {
  const lru = new Lru<string, number>(3)
  for (const key of 'abc') lru.set(key, 1)
  lru.get('a')
  lru.set('d', 1)
  assert.equal(keysOf(lru, 'abcd'), 'acd')
})

test('when all were used, the one that has been there longest goes', () => {
  const lru = new Lru<string, number>(3)
  for (const key of 'abc') lru.set(key, 1)
  for (const key of 'cab') lru.get(key)
  lru.set('d', 1)
  assert.equal(keysOf(lru, 'abcd'), 'bcd')
})

test('weights count, and the newest stays however heavy it is', () => {
  const lru = new Lru<string, number>(10, (weight) => weight)
  for (const key of 'abcde') lru.set(key, 2)
  lru.set('f', 5)
  assert.equal(keysOf(lru, 'abcdef'), 'def')
  lru.set('g', 100)
  assert.equal(keysOf(lru, 'abcdefg'), 'g')
  lru.set('h', 1)
  assert.equal(keysOf(lru, 'gh'), 'h')
})

test('a value that is set again is weighed again', () => {
  const lru = new Lru<string, number>(10, (weight) => weight)
  lru.set('a', 8)
  lru.set('a', 2)
  lru.set('b', 8)
  assert.equal(keysOf(lru, 'ab'), 'ab')
  lru.delete('b')
  lru.set('c', 8)
  assert.equal(keysOf(lru, 'abc'), 'ac')
})
