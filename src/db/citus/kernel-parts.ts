import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { EntryPoint } from './entry-points.ts'

/**
 * Functions with which servers' clocks are compared: tests put another one in its place, once for
 * all.
 */
const SHARED = ['clock', 'is_ahead']

/**
 * The text of a kernel, statement by statement, with `@kernel` where its schema stands: types, then
 * views, then functions, all that the entry points need and nothing else. The client must have
 * nothing but `pg_catalog` in its search path, so that all names have their schemas.
 */
export async function readKernelParts(
  client: pg.Client,
  entryPoints: readonly EntryPoint[],
): Promise<string[]> {
  const signatures = entryPoints.map(({ signature }) => signature)
  const functions = await readFunctions(client, signatures)
  return [...(await readTypes(client)), ...(await readViews(client)), ...functions].map(inKernel)
}

/** Eight digits by which kernels of different texts, or of different tables, differ. */
export async function hashOfKernel(client: pg.Client, parts: readonly string[]): Promise<string> {
  const { rows } = await client.query<{ columns: string }>(
    `select string_agg(
       format('%s.%s %s', attrelid::regclass, attname, atttypid::regtype), ','
       order by attrelid, attnum
     ) as columns
     from pg_attribute
     join pg_class as class on class.oid = attrelid
     where relnamespace = 'rowlock'::regnamespace and relkind = 'r' and attnum > 0`,
  )
  const text = JSON.stringify([rows[0]?.columns, parts])
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

function inKernel(text: string): string {
  const others = new RegExp(`\\browlock\\.(?!(?:${SHARED.join('|')})\\()`, 'g')
  return text.replace(others, '@kernel.').replaceAll("'rowlock', 'pg_temp'", "'@kernel', 'pg_temp'")
}

/** In an order in which each finds what it is made of. */
async function readTypes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; text: string; needs: string[] }>(
    `select
       class.relname::text as name,
       format(
         'create type rowlock.%I as (%s)', class.relname,
         string_agg(
           format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' order by attnum
         )
       ) as text,
       array_agg(coalesce(element.typname, type.typname)::text) as needs
     from pg_class as class
     join pg_attribute on attrelid = class.oid
     join pg_type as type on type.oid = atttypid
     left join pg_type as element on element.oid = type.typelem and type.typlen = -1
     where class.relnamespace = 'rowlock'::regnamespace and class.relkind = 'c'
     group by class.relname
     order by class.relname`,
  )
  return inOrder(rows)
}

/** Views of what belongs to shows, in the same way. */
async function readViews(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; text: string; needs: string[] }>(
    `select
       relname::text as name,
       format('create view rowlock.%I as %s', relname, pg_get_viewdef(oid)) as text,
       array(
         select (regexp_matches(pg_get_viewdef(oid), '\\mrowlock\\.(\\w+)', 'g'))[1]
       ) as needs
     from pg_class
     where relnamespace = 'rowlock'::regnamespace
       and relname in ('chains', 'seat_statuses', 'show_counts', 'show_times')`,
  )
  return inOrder(rows)
}

/** Reads functions, and all that they call, as they stand in a kernel. */
export async function readKernelFunctions(
  client: pg.Client,
  signatures: readonly string[],
): Promise<string[]> {
  return (await readFunctions(client, signatures)).map(inKernel)
}

async function readFunctions(client: pg.Client, signatures: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ text: string }>(
    `with recursive needed (oid) as (
       select unnest($1::text[])::regprocedure::oid
       union
       select called.oid
       from needed
       join pg_proc as calling on calling.oid = needed.oid
       join pg_proc as called
         on called.pronamespace = 'rowlock'::regnamespace
         and calling.prosrc ~ ('\\mrowlock\\.' || called.proname || '\\(')
     )
     select pg_get_functiondef(proc.oid) as text
     from pg_proc as proc
     join needed using (oid)
     where not proname = any ($2)
     order by proname, proc.oid`,
    [signatures, SHARED],
  )
  return rows.map(({ text }) => text)
}

/** Sorts functions so that those that need none of the others go first. */
function inOrder(rows: readonly { name: string; text: string; needs: string[] }[]): string[] {
  const texts: string[] = []
  let waiting = [...rows]
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ name }) => name))
    const ready = waiting.filter(({ name, needs }) => {
      return needs.every((need) => need === name || !names.has(need))
    })
    if (ready.length === 0) throw new Error(`These need each other: ${[...names].join(', ')}`)
    texts.push(...ready.map(({ text }) => text))
    waiting = waiting.filter((row) => !ready.includes(row))
  }
  return texts
}
