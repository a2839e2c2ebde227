import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Passwords } from '../../src/auth/passwords.ts'
import { codeOf, tally } from '../support/engines.ts'

test('whoever is known waits for the hashes under way, not for a crowd of strangers', async () => {
  const passwords = new Passwords()
  const ended: string[] = []
  const strangers = Array.from({ length: 40 }, () =>
    codeOf(passwords.hash('a stranger')).then(() => ended.push('stranger')),
  )
  const known = passwords.verify(null, 'somebody known', true).then(() => ended.push('known'))
  await Promise.all([...strangers, known])
  // Three are under way when it comes, and two may end together with it.
  assert.ok(ended.indexOf('known') <= 5, ended.slice(0, 10).join())
})

test('a crowd is told to come back: the queues are bounded, each by itself', async () => {
  const passwords = new Passwords()
  const crowd = Array.from({ length: 130 }, () => codeOf(passwords.hash('a stranger')))
  const known = codeOf(passwords.hash('somebody known', true))
  // Three at once and a hundred waiting; on a slow machine some of them wait too long.
  const { done = 0, busy = 0 } = tally(await Promise.all(crowd))
  assert.ok(busy >= 27 && done >= 3 && done + busy === 130, `${done} done, ${busy} busy`)
  assert.equal(await known, 'done')
})

test('nobody waits for a hash longer than half of what a request has', async () => {
  const passwords = new Passwords()
  const began = performance.now()
  const waits = Array.from({ length: 103 }, async () => {
    await codeOf(passwords.hash('a stranger'))
    return performance.now() - began
  })
  const longest = Math.max(...(await Promise.all(waits)))
  assert.ok(longest < 10_000, `${longest} ms`)
})
