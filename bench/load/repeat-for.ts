import type { JobResult, Timed } from './jobs.ts'
import { Tally } from './tally.ts'

/** Does a step for each of the callers, again and again, first to warm up and then to count. */
export async function repeatFor<Caller>(
  { warmSeconds, seconds }: Timed,
  callers: readonly Caller[],
  step: (caller: Caller, tally: Tally) => Promise<void>,
): Promise<JobResult> {
  const tally = new Tally()
  const beginsAt = performance.now() + warmSeconds * 1000
  const endsAt = beginsAt + seconds * 1000
  let hasBegun = false
  const call = async (caller: Caller) => {
    for (let now = performance.now(); now < endsAt; now = performance.now()) {
      if (!hasBegun && now >= beginsAt) {
        hasBegun = true
        tally.begin()
      }
      await step(caller, tally)
    }
  }
  await Promise.all(callers.map(call))
  return tally.result()
}
