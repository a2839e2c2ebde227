/**
 * Connections that end in the middle of a batch or of its commit, and commits that warn.
 *
 * Promise 14.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { by, codeOf, createShow, useServer } from '../support/engines.ts'
import { type Session, useKernel } from '../support/kernel.ts'
import { lockWaits, untilLockWaits } from '../support/lock-waits.ts'

const kernel = await useKernel('commit faults')
const { owner } = kernel
const settings = {
  ...kernel.database.settings,
  limits: { lockTimeoutMs: 20_000, statementTimeoutMs: 20_000 },
}
const engine = await useServer(settings, { deadlineMs: 20_000 })
const gate = await kernel.session()

/** A gate inside every commit that writes the journal, and a clock that can warn. */
await owner.query(`
  create table public.warnings (left_count int not null);
  insert into public.warnings values (0);
  grant select, update on public.warnings to public;

  create function public.at_commit() returns trigger
  language plpgsql
  as $$
  begin
    perform pg_advisory_xact_lock_shared(42);
    return null;
  end
  $$;
  create constraint trigger at_commit
    after insert on rowlock.journal
    deferrable initially deferred
    for each row
    execute function public.at_commit();

  create or replace function rowlock.clock() returns timestamptz
  language plpgsql volatile
  as $$
  begin
    if (select left_count > 0 from public.warnings) then
      raise warning 'canceling wait for synchronous replication due to user request';
    end if;
    return date_trunc('milliseconds', clock_timestamp());
  end
  $$;
`)

/** The process of the engine's lane, once it waits for a lock; not one that waited before. */
async function waitingLane(not = 0): Promise<number> {
  const pids = await untilLockWaits(owner, (all) => all.some((pid) => pid !== not))
  return pids.find((pid) => pid !== not) as number
}

async function kinds(show: string): Promise<string> {
  const { items } = await engine.listJournal(show, { limit: 100 })
  return items.map(({ kind }) => kind).join(' ')
}

async function showIdOf(show: string): Promise<number> {
  const { rows } = await owner.query('select show_id::int from rowlock.shows where key = $1', [
    show,
  ])
  return rows[0].show_id
}

/** Ends the lane's connection twice while it waits, then opens the gate. */
async function terminateTwice(open: () => Promise<unknown>): Promise<void> {
  let pid = 0
  for (let time = 0; time < 2; time++) {
    pid = await waitingLane(pid)
    await owner.query('select pg_terminate_backend($1)', [pid])
  }
  await waitingLane(pid)
  await open()
}

async function lockCommits(session: Session): Promise<() => Promise<void>> {
  await session.begin()
  await session.client.query('select pg_advisory_xact_lock(42)')
  return () => session.commit()
}

test('a connection that is ended while a batch waits for its show: done once', async () => {
  const show = await createShow(engine, ['A1'])
  await gate.lock(await showIdOf(show))
  const booked = engine.bookSeats(by('Alice'), show, { seats: ['A1'] })
  await terminateTwice(() => gate.commit())
  assert.deepEqual((await booked).value.seats, ['A1'])
  assert.equal(await kinds(show), 'create book')
})

test('a connection that is ended in the middle of a commit: done once', async () => {
  const show = await createShow(engine, ['A1', 'A2'])
  const open = await lockCommits(gate)
  const answers = [
    engine.bookSeats(by('Alice'), show, { seats: ['A1'] }),
    engine.holdSeats(by('Bob'), show, { seats: ['A2'] }),
  ]
  await terminateTwice(open)
  await Promise.all(answers)
  assert.equal(await kinds(show), 'create book hold')
  assert.deepEqual(await kernel.violations(await showIdOf(show)), [])
})

test('a commit that warned is in doubt: it is asked again before anybody is told', async () => {
  const show = await createShow(engine, ['A1', 'A2'])
  await owner.query('update public.warnings set left_count = 1')
  let isAnswered = false
  const booked = engine.bookSeats(by('Alice'), show, { seats: ['A1'] })
  booked.finally(() => {
    isAnswered = true
  })
  const { batches } = engine.status()
  while (engine.status().batches < batches + 3) await new Promise(setImmediate)
  assert.equal(isAnswered, false)
  assert.equal(await kinds(show), 'create book')
  await owner.query('update public.warnings set left_count = 0')
  assert.deepEqual((await booked).value.seats, ['A1'])
  assert.equal(await kinds(show), 'create book')
})

test('when the warnings do not end before the deadline, the outcome is unknown', async () => {
  const hasty = await useServer(settings, { deadlineMs: 500 })
  const show = await createShow(hasty, ['A1'])
  await owner.query('update public.warnings set left_count = 1')
  const told = await codeOf(hasty.bookSeats(by('Alice', 'key of Alice'), show, { seats: ['A1'] }))
  await owner.query('update public.warnings set left_count = 0')
  assert.equal(told, 'outcome_unknown')
  const again = await hasty.bookSeats(by('Alice', 'key of Alice'), show, { seats: ['A1'] })
  assert.ok(again.replayed)
})

test('a batch that waits too long for its show is tried again until the deadline', async () => {
  const limits = { lockTimeoutMs: 100, statementTimeoutMs: 20_000 }
  const hasty = await useServer({ ...settings, limits }, { deadlineMs: 500 })
  const show = await createShow(hasty, ['A1'])
  await hasty.getStatuses(show)
  await gate.lock(await showIdOf(show))
  const { batches } = hasty.status()
  const told = await codeOf(hasty.bookSeats(by('Alice'), show, { seats: ['A1'] }))
  assert.ok(['busy', 'outcome_unknown'].includes(told), told)
  // Its last attempt ends by the time limit; nobody waits for another.
  while ((await lockWaits(owner)).length > 0) await new Promise(setImmediate)
  await gate.commit()
  assert.ok(hasty.status().batches > batches + 1)
  await hasty.holdSeats(by('Bob'), show, { seats: ['A1'] })
  assert.equal(await kinds(show), 'create hold')
})
