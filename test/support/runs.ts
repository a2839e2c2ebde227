import type fc from 'fast-check'

/**
 * Factor of how many times as many random histories as usual: 10 for a thorough hour, 0.1 for a
 * glance.
 */
const SCALE = Number(process.env.ROWLOCK_TEST_SCALE ?? 1)
/** Set it to what a failed run printed, to see the same again. */
const SEED = process.env.ROWLOCK_TEST_SEED

/** Parameters of a random run. Its seed is printed, so that it can be run again. */
export function runs<Parameters>(name: string, count: number): fc.Parameters<Parameters> {
  const seed = SEED === undefined ? Date.now() ^ (Math.random() * 0x7fffffff) : Number(SEED)
  const numRuns = Math.max(1, Math.round(count * SCALE))
  console.log(`${name}: seed ${seed}, ${numRuns} runs`)
  // A glance asks whether there is a mistake; the shortest history that shows it takes minutes.
  return { seed, numRuns, endOnFailure: SCALE < 1 }
}

/** Makes the same runs every time: a control has to find its mistake, whatever chance says. */
export function sameRuns<Parameters>(count: number): fc.Parameters<Parameters> {
  return { seed: 1, numRuns: count, endOnFailure: false }
}
