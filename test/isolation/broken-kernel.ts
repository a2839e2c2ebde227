import type { TestContext } from 'node:test'
import { createKernel, type Kernel } from '../support/kernel.ts'
import { type Mutation, mutate } from '../support/mutate.ts'
import { useTestClock } from '../support/test-clock.ts'

/** Writers of a show no longer take turns. */
export const WITHOUT_LOCK: Mutation = {
  file: 'functions/apply.sql',
  find: '  order by policy.show_id\n  for update;',
  replace: '  order by policy.show_id;',
}

/** A claim is taken over whether it has run out or not. */
export const WITHOUT_CONDITION: Mutation = {
  file: 'functions/20_claims.sql',
  find: 'where claim.until <= p_now\n      or (claim.hold_id = p_from and claim.booked_at is null)',
  replace: 'where true',
}

/** The clock is read before the lock is waited for. */
export const CLOCK_BEFORE_LOCK: readonly Mutation[] = [
  {
    file: 'functions/apply.sql',
    find: '  perform\n  from rowlock.policies as policy',
    replace: '  v_now := rowlock.show_time(v_shows);\n  perform\n  from rowlock.policies as policy',
  },
  {
    file: 'functions/apply.sql',
    find: '  v_now := rowlock.show_time(v_shows);\n\n  v_usual',
    replace: '\n  v_usual',
  },
]

/** A clock that jumps back takes the show's time with it. */
export const TIME_RUNS_BACK: Mutation = {
  file: 'functions/00_clock.sql',
  find: 'return greatest(rowlock.clock(), v_last);',
  replace: 'return rowlock.clock();',
}

/** Nothing keeps a hold from being ended twice from the same state. */
export const WITHOUT_CHAIN = 'alter table rowlock.journal drop constraint journal_chain'

/** Nothing keeps a booked seat from changing hands. */
export const WITHOUT_GUARD = 'drop trigger claims_bookings_stay on rowlock.claims'

/** A kernel with the test clock that has been broken on purpose: the negative control of a race. */
export async function brokenKernel(
  test: TestContext,
  mutations: readonly Mutation[],
  statements: readonly string[] = [],
): Promise<Kernel> {
  const kernel = await createKernel('broken')
  test.after(async () => {
    await kernel.end()
    await kernel.database.drop()
  })
  await mutate(kernel.owner, mutations)
  for (const statement of statements) await kernel.owner.query(statement)
  await useTestClock(kernel.owner)
  return kernel
}

/** The code that a command was answered with, or the text of the error that it raised. */
export async function told(answer: Promise<{ readonly code: string }>): Promise<string> {
  try {
    return (await answer).code
  } catch (error) {
    return `error: ${(error as Error).message}`
  }
}
