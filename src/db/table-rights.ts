import type { Database } from './database.ts'

/**
 * Whether serving connections may write inventory tables, which only functions should: they act as
 * a user who is no member of `rowlock_server`, or through PgBouncer as one with more rights.
 */
export async function mayWriteTables(database: Database): Promise<boolean> {
  const [row] = await database.read<{ may_write: boolean }>(
    `select has_table_privilege('rowlock.claims', 'insert, update, delete')
       or has_table_privilege('rowlock.journal', 'insert, update, delete') as may_write`,
  )
  return row?.may_write ?? false
}
