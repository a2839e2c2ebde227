/** Failures of which is known that nothing was done: they are answered, and not waited out. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { classify } from '../../src/db/index.ts'
import type { Engine } from '../../src/engine/index.ts'
import { by, codeOf, createShow, openServer } from '../support/engines.ts'
import { assertInTime } from '../support/in-time.ts'
import { useKernel } from '../support/kernel.ts'
import { until } from '../support/until.ts'

const kernel = await useKernel('known failures')
const { owner, database } = kernel
const gate = await kernel.session()
const told: string[] = []
const { engine, close } = await openServer(database.settings, {
  onWritesFail: (problem) => told.push(problem),
  onWritesAgain: () => told.push('again'),
})
after(close)

/**
 * Does what the disk, or a file of the database, does to whoever writes the journal, or a new
 * table.
 */
await owner.query(`
  create table public.trouble (code text);
  grant select on public.trouble to public;

  create function public.fail() returns trigger
  language plpgsql security definer
  as $$
  declare
    v_code text := (select code from public.trouble);
  begin
    if v_code is not null then
      raise exception 'trouble' using errcode = v_code;
    end if;
    return new;
  end
  $$;
  create function public.fail_too() returns event_trigger
  language plpgsql security definer
  as $$
  declare
    v_code text := (select code from public.trouble);
  begin
    if v_code is not null then
      raise exception 'trouble' using errcode = v_code;
    end if;
  end
  $$;
  create event trigger fail_too on ddl_command_end
    when tag in ('CREATE TABLE AS')
    execute function public.fail_too();
  create trigger fail
    before insert on rowlock.journal
    for each row
    execute function public.fail();
`)

async function cause(code: string | null): Promise<void> {
  await owner.query('truncate public.trouble')
  await owner.query('insert into public.trouble values ($1)', [code])
}

async function setOnDatabase(setting: string): Promise<void> {
  await owner.query(`alter database "${database.name}" ${setting}`)
  await owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid not in (pg_backend_pid(), $1)`,
    [gate.pid],
  )
}

/**
 * Sells five bookings one after the other; tells how they are answered, and how long the slowest
 * takes.
 */
async function sell(from: Engine, show: string): Promise<{ codes: string[]; msMax: number }> {
  const codes = new Set<string>()
  let msMax = 0
  for (let count = 0; count < 5; count++) {
    const beganAt = performance.now()
    codes.add(await codeOf(from.bookSeats(by('Alice'), show, { seats: ['A1'] })))
    msMax = Math.max(msMax, performance.now() - beganAt)
  }
  return { codes: [...codes], msMax }
}

const TROUBLES = [
  {
    name: 'a full disk',
    begin: () => cause('53100'),
    end: () => cause(null),
    code: 'storage_full',
    problem: "The database's disk is full: nothing can be written.",
  },
  {
    name: 'a failing disk',
    begin: () => cause('58030'),
    end: () => cause(null),
    code: 'unavailable',
    problem: 'The database is out of space or cannot use its files: nothing can be written.',
  },
  {
    name: 'a database that only reads',
    begin: () => cause('25006'),
    end: () => cause(null),
    code: 'unavailable',
    problem: 'The database is read-only: it is a standby, or configured that way.',
  },
]

for (const { name, begin, end, code, problem } of TROUBLES) {
  test(`${name} is answered soon, with a code and one line of log; then sales go on`, async () => {
    await assertInTime(3_000, async () => {
      const show = await createShow(engine, ['A1'])
      told.length = 0
      await begin()
      const { codes, msMax } = await sell(engine, show)
      const { failures } = engine.status().writes
      await end()
      assert.deepEqual(codes, [code])
      assert.ok(Object.values(failures).some((count) => count >= 2))
      assert.deepEqual(told, [problem])
      await engine.bookSeats(by('Bob'), show, { seats: ['A1'] })
      assert.deepEqual(told, [problem, 'again'])
      assert.deepEqual(engine.status().writes.failures, {})
      assert.equal(await engine.mayWrite(), true)
      return msMax
    })
  })
}

test('who may not write is not ready until that works again, also when nobody tries', async () => {
  const show = await createShow(engine, ['A1'])
  assert.equal(await engine.mayWrite(), true)
  await cause('53100')
  await sell(engine, show)
  assert.equal(await engine.mayWrite(), false)
  await cause(null)
  await until('a trial that succeeds', async () => ((await engine.mayWrite()) ? true : null))
  assert.deepEqual(engine.status().writes.failures, {})
})

test('a server that may make no temporary tables tries without', async () => {
  const show = await createShow(engine, ['A1'])
  await owner.query(`revoke temporary on database "${database.name}" from public`)
  await cause('53100')
  await sell(engine, show)
  await cause(null)
  await until('a trial that succeeds', async () => ((await engine.mayWrite()) ? true : null))
  await owner.query(`grant temporary on database "${database.name}" to public`)
})

test('a transaction that the database limits is no doubt', async (t) => {
  if ((await owner.query('show server_version_num')).rows[0].server_version_num < 170_000) {
    t.skip('transaction_timeout came with PostgreSQL 17')
    return
  }
  const show = await createShow(engine, ['A1'])
  const { rows } = await owner.query('select show_id from rowlock.shows where key = $1', [show])
  await assertInTime(3_000, async () => {
    await gate.lock(rows[0].show_id)
    // Long enough for a busy machine to connect.
    await setOnDatabase("set transaction_timeout = '250ms'")
    const { codes, msMax } = await sell(engine, show)
    await setOnDatabase('reset transaction_timeout')
    await gate.commit()
    assert.deepEqual(codes, ['unavailable'])
    return msMax
  })
  assert.equal(await codeOf(engine.bookSeats(by('Bob'), show, { seats: ['A1'] })), 'done')
})

test('a file that the database cannot open is no mistake of ours', async () => {
  const denied = { code: '42501', file: 'md.c', message: 'could not open file' }
  assert.equal(classify(Object.assign(new Error(denied.message), denied)), 'full')
  const forbidden = { code: '42501', file: 'aclchk.c', message: 'permission denied' }
  assert.equal(classify(Object.assign(new Error(forbidden.message), forbidden)), 'bug')
})
