import assert from 'node:assert/strict'

const TRIES = 3

/**
 * Asserts that something takes less than `msMax`, in one of three tries: a busy machine keeps it
 * waiting now and then, a fault of ours each time. What `measure` asserts besides has to be so in
 * every try.
 */
export async function assertInTime(msMax: number, measure: () => Promise<number>): Promise<void> {
  const tookMs: number[] = []
  do {
    tookMs.push(await measure())
  } while (Math.min(...tookMs) >= msMax && tookMs.length < TRIES)
  assert.ok(Math.min(...tookMs) < msMax, `${tookMs.join(', ')} ms, and not less than ${msMax} ms`)
}
