import type { Database } from './database.ts'

/**
 * Tells whether serving connections may write inventory tables, which only functions should: they
 * act as a user who is no member of `rowlock_server`, or through PgBouncer as one with more rights.
 */
export async function mayWriteTables(database: Database): Promise<boolean> {
  const [row] = await database.read<{ may_write: boolean }>(
    `select has_table_privilege('rowlock.claims', 'insert, update, delete')
       or has_table_privilege('rowlock.journal', 'insert, update, delete') as may_write`,
  )
  return row?.may_write ?? false
}

/**
 * Tells whether serving connections could take on more rights than they act with, by `set role
 * none`: they log in as a superuser, as the owner of the tables, or as somebody who makes roles.
 */
export async function mayGainRights(database: Database): Promise<boolean> {
  const [row] = await database.read<{ may_gain: boolean }>(
    `select login.rolsuper
       or login.rolcreaterole
       or pg_has_role(
         session_user,
         (select relowner from pg_class where oid = 'rowlock.claims'::regclass),
         'member'
       ) as may_gain
     from pg_roles as login
     where login.rolname = session_user`,
  )
  return row?.may_gain ?? false
}
