import type pg from 'pg'
import { ask, onDatabase, workersOf } from '../../scripts/citus/databases.ts'

type Queryable = Pick<pg.ClientBase, 'query'> | pg.Pool

/**
 * Puts a clock that tests can set in the place of `rowlock.clock()`, in this database only. Needs
 * the owner. Afterwards `advanceClock` and `setClock` work on every connection. It is believed
 * however far it jumps, unless `isDoubted`.
 */
export async function useTestClock(owner: Queryable, { isDoubted = false } = {}): Promise<void> {
  await run(
    owner,
    `create schema if not exists rowlock_test;
     create table if not exists rowlock_test.clock (
       only_row boolean not null default true,
       moved interval not null default '0',
       fixed timestamptz,
       constraint clock_pkey primary key (only_row),
       constraint clock_one_row check (only_row)
     );
     insert into rowlock_test.clock default values on conflict do nothing;
     grant usage on schema rowlock_test to public;
     grant select on rowlock_test.clock to public;
     create or replace function rowlock.clock() returns timestamptz
     language sql volatile
     set search_path = rowlock, pg_temp
     as $$
       select date_trunc('milliseconds', coalesce(clock.fixed, clock_timestamp()) + clock.moved)
       from rowlock_test.clock
     $$;`,
  )
  if (isDoubted) return
  await run(
    owner,
    `create or replace function rowlock.is_ahead(
       p_clock timestamptz, p_last timestamptz, p_server_at timestamptz
     ) returns boolean
     language sql stable
     as $$
       select false
     $$;`,
  )
}

/** Moves the clock on, or back with a negative number. */
export async function advanceClock(owner: Queryable, seconds: number): Promise<void> {
  await run(
    owner,
    `update rowlock_test.clock set moved = moved + ${Number(seconds)} * interval '1 second'`,
  )
}

/** Stops the clock at an instant (ISO 8601); null lets it run with the world's again. */
export async function setClock(owner: Queryable, instant: string | null): Promise<void> {
  const fixed = instant === null ? 'null' : `'${new Date(instant).toISOString()}'`
  await run(owner, `update rowlock_test.clock set moved = '0', fixed = ${fixed}`)
}

/** Every node of a sharded database has a clock of its own, and all show the same. */
async function run(owner: Queryable, text: string): Promise<void> {
  const pool = owner as pg.Pool
  const nodes = process.env.ROWLOCK_TEST_CITUS_URL ? await urlsOfNodes(pool) : []
  if (nodes.length === 0) await pool.query(text)
  for (const url of nodes) await ask(url, `set citus.enable_ddl_propagation = off; ${text}`)
}

async function urlsOfNodes(owner: pg.Pool): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    "select current_database() as name from pg_extension where extname = 'citus'",
  )
  if (rows.length === 0) return []
  const url = onDatabase(process.env.ROWLOCK_TEST_CITUS_URL as string, rows[0]?.name ?? '')
  return [url, ...(await workersOf(url))]
}
