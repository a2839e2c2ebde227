import type { TestContext } from 'node:test'
import { createKernel, type Kernel } from '../support/kernel.ts'
import { type Mutation, mutate } from '../support/mutate.ts'
import { useTestClock } from '../support/test-clock.ts'

/** Writers of a show no longer take turns. */
export const WITHOUT_LOCK: Mutation = {
  file: 'functions/apply.sql',
  find: '      order by policy.show_id\n      for update\n',
  replace: '      order by policy.show_id\n',
}

/** A claim is taken over whether it has run out or not. */
export const WITHOUT_CONDITION: Mutation = {
  file: 'functions/write.sql',
  find: 'where claim.until <= p_times[array_position(p_show_ids, claim.show_id)]',
  replace: 'where true',
}

/** Seats are kept whoever has them. */
export const WITHOUT_OWNER: Mutation = {
  file: 'functions/write.sql',
  find: '\n      and claim.hold_id = wanted.hold_id;',
  replace: ';',
}

/** The clock is read before the lock is waited for. */
export const CLOCK_BEFORE_LOCK: readonly Mutation[] = [
  {
    file: 'functions/apply.sql',
    find: '    v_policies := rowlock.lock_shows(v_shows, p_waits);',
    replace: `    perform set_config('rowlock_test.clock', rowlock.clock()::text, true);
    v_policies := rowlock.lock_shows(v_shows, p_waits);`,
  },
  {
    file: 'functions/apply.sql',
    find: 'v_open, v_asked, v_policies, rowlock.clock(), p_server_at',
    replace: `v_open, v_asked, v_policies, current_setting('rowlock_test.clock')::timestamptz,
      p_server_at`,
  },
]

/** A clock that jumps back takes the show's time with it. */
export const TIME_RUNS_BACK: Mutation = {
  file: 'functions/24_look.sql',
  find: 'greatest(p_clock, newest.at)',
  replace: 'p_clock',
}

/** Nobody counts whether the claims were written that should be. */
export const WITHOUT_COUNT: Mutation = {
  file: 'functions/write.sql',
  find: 'if p_wanted <> p_written then',
  replace: 'if false then',
}

/** Nothing keeps two holds from claiming one seat. */
export const WITHOUT_KEY = 'alter table rowlock.claims drop constraint claims_pkey'

/** Nothing keeps two entries of a show from having one version. */
export const WITHOUT_VERSIONS = 'alter table rowlock.journal drop constraint journal_pkey'

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
