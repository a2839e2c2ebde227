/** Commands of a show keep their order, whichever of the batches that had them comes back first. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Lane } from '../../src/engine/lanes/lane.ts'
import { Line } from '../../src/engine/lanes/line.ts'
import type { Pending } from '../../src/engine/lanes/pending.ts'
import { command } from '../support/kernel.ts'

/** Only which one it is matters to a line. */
const lane = Object.create(Lane.prototype) as Lane

function pendingAt(queuedAt: number): Pending {
  return {
    command: command('book', 1, { seats: [queuedAt] }),
    deadlineAt: Number.POSITIVE_INFINITY,
    queuedAt,
    trace: null,
    isSent: false,
    isInDoubt: false,
    isAnswered: false,
    resolve: () => {},
    reject: () => {},
  }
}

/** A line of which two batches are in flight, one behind the other, while one command waits. */
function newLine() {
  const line = new Line(1)
  for (const queuedAt of [1, 2, 3, 4, 5]) line.add(pendingAt(queuedAt))
  const [first, second] = [line.take(2, lane), line.take(2, lane)]
  const order = () => line.waiting.map(({ queuedAt }) => queuedAt)
  return { line, first, second, order }
}

test('what was passed over goes ahead of what was turned back behind it', () => {
  const { line, first, second, order } = newLine()
  line.giveBack(first, 0, false)
  line.turnBack(second)
  assert.deepEqual(order(), [1, 2, 3, 4, 5])
})

test('also where that came back first', () => {
  const { line, first, second, order } = newLine()
  line.turnBack(second)
  line.giveBack(first, 0, false)
  assert.deepEqual(order(), [1, 2, 3, 4, 5])
})

test('what was turned back goes behind nobody', () => {
  const { line, first, second } = newLine()
  assert.ok(line.mayFollow(lane, 0))
  line.turnBack(second)
  assert.equal(line.mayFollow(lane, 0), false)
  line.giveBack([], 0, false)
  assert.ok(line.mayGo(0))
  assert.equal(first.length, 2)
})
