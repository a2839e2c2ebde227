import type pg from 'pg'

/**
 * Surface that a server of some release finds in the database: what it can call, and what it can
 * read.
 */
export interface Surface {
  /** A call with every number of arguments that the function takes, and what it gives. */
  readonly calls: readonly { readonly call: string; readonly type: string }[]
  readonly columns: readonly { readonly column: string; readonly type: string }[]
}

const CALLS = `
  select
    -- What gives anonymous rows is called for JSON, or no view could have it as a column.
    format(case when is_anonymous then 'to_json(rowlock.%I(%s))' else 'rowlock.%I(%s)' end,
      proc.proname, (
      select string_agg('null::' || format_type(type, null), ', ' order by place)
      from unnest(proc.proargtypes) with ordinality as argument (type, place)
      where place <= passed
    )) as call,
    case when is_anonymous then 'json' else format_type(proc.prorettype, null) end as type
  from pg_proc as proc
  cross join lateral (values (proc.prorettype = 'record'::regtype)) as given (is_anonymous)
  cross join lateral generate_series(
    proc.pronargs - proc.pronargdefaults, proc.pronargs::int
  ) as passed
  where proc.pronamespace = 'rowlock'::regnamespace
    and proc.prorettype <> 'trigger'::regtype
    and has_function_privilege($1, proc.oid, 'execute')
  order by 1`

const COLUMNS = `
  select
    format('%I.%I', class.relname, attribute.attname) as column,
    format_type(attribute.atttypid, attribute.atttypmod) as type
  from pg_class as class
  join pg_attribute as attribute on attribute.attrelid = class.oid
  where class.relnamespace = 'rowlock'::regnamespace
    and class.relkind in ('r', 'v', 'p')
    and attribute.attnum > 0
    and not attribute.attisdropped
    and has_column_privilege($1, class.oid, attribute.attnum, 'select')
  order by 1`

/** The surface that the database has for a role. */
export async function readSurface(client: pg.Client, role: string): Promise<Surface> {
  const calls = await client.query<{ call: string; type: string }>(CALLS, [role])
  const columns = await client.query<{ column: string; type: string }>(COLUMNS, [role])
  return { calls: calls.rows, columns: columns.rows }
}

/** Finds what of a surface the database does not have any more, for that role. */
export async function missingFrom(
  client: pg.Client,
  role: string,
  surface: Surface,
): Promise<string[]> {
  const now = await readSurface(client, role)
  const known = new Set(now.columns.map(({ column, type }) => `${column} ${type}`))
  const missing = surface.columns
    .map(({ column, type }) => `${column} ${type}`)
    .filter((column) => !known.has(column))
  for (const { call, type } of surface.calls) {
    const found = await typeOf(client, role, call)
    if (found !== type) missing.push(`${call} gives ${found}, not ${type}`)
  }
  return missing
}

/**
 * Finds what a call gives, found as PostgreSQL finds it, without calling; or why it cannot be
 * called.
 */
async function typeOf(client: pg.Client, role: string, call: string): Promise<string> {
  await client.query('begin')
  try {
    await client.query(`create temporary view called as select ${call} as answer`)
    const { rows } = await client.query<{ type: string; may: boolean }>(
      `select format_type(attribute.atttypid, null) as type, bool_and(allowed.may) as may
       from pg_attribute as attribute
       join pg_rewrite as rule on rule.ev_class = attribute.attrelid
       join pg_depend as needed
         on needed.objid = rule.oid
         and needed.refclassid = 'pg_proc'::regclass
       cross join lateral has_function_privilege($1, needed.refobjid, 'execute') as allowed (may)
       where attribute.attrelid = 'called'::regclass
       group by attribute.atttypid`,
      [role],
    )
    return rows[0]?.may ? rows[0].type : 'no right to call it'
  } catch (error) {
    return (error as Error).message
  } finally {
    await client.query('rollback')
  }
}
