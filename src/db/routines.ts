import type pg from 'pg'
import { applySqlFile } from './sql-error.ts'
import { isGrants, type SqlFile } from './sql-files.ts'
import { sqlstateOf } from './sqlstate.ts'

/**
 * Errors that stand in the way of replacing in place: another return type or parameter name
 * (42P13), other columns of a view (42P16), a function that became a procedure (42809), and an
 * overload that leaves calls ambiguous as long as the old function is there (42725).
 */
const CANNOT_REPLACE: ReadonlySet<string> = new Set(['42P13', '42P16', '42809', '42725'])

/**
 * Makes functions, views and grants of schema `rowlock` those of the files, inside the caller's
 * transaction. Replacing in place comes first, because it keeps the grants and the views that
 * operators may have built on ours; only where PostgreSQL refuses that, everything is dropped and
 * created anew. What no file defines any more is dropped. Nothing is dropped by cascade: a table's
 * default or an operator's view that needs a changed function is an error, not collateral damage.
 *
 * Triggers belong into the function files (`create or replace trigger`), next to their function.
 */
export async function applyRoutines(client: pg.Client, files: readonly SqlFile[]): Promise<void> {
  // Files may speak of functions and views that come later, so bodies are checked at the end.
  await client.query('set local check_function_bodies = off')
  const before = await readRoutines(client)
  const definitions = files.filter((file) => !isGrants(file))
  await client.query('savepoint routines')
  try {
    await applyAll(client, definitions)
  } catch (error) {
    if (!CANNOT_REPLACE.has(sqlstateOf(error) ?? '')) throw error
    await client.query('rollback to savepoint routines')
    await dropRoutines(client)
    await applyAll(client, definitions)
  }
  // Before the grants: a grant on all functions writes each of them, as if a file had.
  await dropEach(client, await readStale(client, before))
  await applyAll(client, files.filter(isGrants))
  await client.query('release savepoint routines')
  await checkBodies(client)
}

/** A function that cannot be parsed fails the migration, not the first request that calls it. */
async function checkBodies(client: pg.Client): Promise<void> {
  await client.query('set local check_function_bodies = on')
  for (const [language, validator] of Object.entries(VALIDATORS)) {
    await client.query(
      `select ${validator}(p.oid)
       from pg_proc p
       join pg_language l on l.oid = p.prolang
       where p.pronamespace = 'rowlock'::regnamespace and l.lanname = $1`,
      [language],
    )
  }
}

const VALIDATORS = { sql: 'fmgr_sql_validator', plpgsql: 'plpgsql_validator' }

/** Drops all functions, views and triggers of schema `rowlock`; the files make them anew. */
export async function dropRoutines(client: pg.Client): Promise<void> {
  await dropEach(client, await readRoutines(client))
}

/** A routine, view or trigger as the catalogue has it. */
interface Routine {
  readonly statement: string
  /** Changes whenever the object is created or replaced. */
  readonly written: string
}

async function applyAll(client: pg.Client, files: readonly SqlFile[]): Promise<void> {
  for (const file of files) await applySqlFile(client, file)
}

/** Finds what was not written since `before` was read: no file defines it any more. */
async function readStale(client: pg.Client, before: readonly Routine[]): Promise<Routine[]> {
  const old = new Set(before.map((routine) => routine.written))
  return (await readRoutines(client)).filter((routine) => old.has(routine.written))
}

/** Triggers first: their functions cannot go before them. */
const ROUTINES = `
  select format('drop trigger %I on %s', t.tgname, t.tgrelid::regclass) as statement,
         format('trigger %s %s %s', t.oid, t.xmin, p.xmin) as written
  from pg_trigger t
  join pg_proc p on p.oid = t.tgfoid
  where not t.tgisinternal
    and p.pronamespace = 'rowlock'::regnamespace
  union all
  select format('drop view %s', c.oid::regclass),
         format('view %s %s %s', c.oid, c.xmin, r.xmin)
  from pg_class c
  join pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN'
  where c.relnamespace = 'rowlock'::regnamespace
    and c.relkind = 'v'
  union all
  select format('drop routine %s', p.oid::regprocedure),
         format('routine %s %s', p.oid, p.xmin)
  from pg_proc p
  where p.pronamespace = 'rowlock'::regnamespace
    and not exists (
      select 1
      from pg_depend d
      where d.classid = 'pg_proc'::regclass
        and d.objid = p.oid
        and d.deptype = 'e'
    )`

async function readRoutines(client: pg.Client): Promise<Routine[]> {
  return (await client.query<Routine>(ROUTINES)).rows
}

/**
 * Drops in whatever order the dependencies among the routines allow: what is still needed by
 * another waits for the next round. Throws when a round gets nowhere.
 */
async function dropEach(client: pg.Client, routines: readonly Routine[]): Promise<void> {
  let waiting = routines
  while (waiting.length > 0) {
    const blocked: Routine[] = []
    let reason: unknown
    for (const routine of waiting) {
      const problem = await tryDrop(client, routine)
      if (problem === null) continue
      blocked.push(routine)
      reason = problem
    }
    if (blocked.length === waiting.length) throw reason
    waiting = blocked
  }
}

async function tryDrop(client: pg.Client, routine: Routine): Promise<Error | null> {
  await client.query('savepoint one_drop')
  try {
    await client.query(routine.statement)
    await client.query('release savepoint one_drop')
    return null
  } catch (error) {
    if (sqlstateOf(error) !== '2BP01') throw error
    await client.query('rollback to savepoint one_drop')
    const cause = error as Error & { detail?: string }
    return new Error(`${routine.statement}: ${cause.message}: ${cause.detail}`, { cause })
  }
}
