import type pg from 'pg'
import { connectClient } from '../../src/db/connection.ts'

/** Test databases and templates carry their time of birth as comment. */
export async function markBirth(client: pg.Client, database: string): Promise<void> {
  await client.query(`comment on database "${database}" is '${new Date().toISOString()}'`)
}

/** Drops what failed tests left more than a day ago, and templates of an older schema. */
export async function dropOldDatabases(owner: pg.ClientConfig): Promise<void> {
  const client = await connectClient(owner)
  try {
    const { rows } = await client.query<{ name: string }>(
      `select datname as name
       from pg_database
       where (datname like 'rowlock\\_template\\_%' or datname like 'test\\_%')
         and coalesce(
           shobj_description(oid, 'pg_database')::timestamptz < now() - interval '1 day',
           true
         )`,
    )
    for (const { name } of rows) {
      await client.query(`alter database "${name}" is_template false`)
      await client.query(`drop database "${name}"`)
    }
  } finally {
    await client.end()
  }
}
