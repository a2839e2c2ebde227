import { OWNER_NAME, stage } from './stage.ts'

/** Ends every connection of the servers to the database, as a failover would; says how many. */
export async function cutConnections(): Promise<number> {
  const { database, owner } = stage()
  const { rows } = await owner.query<{ count: number }>(
    `select count(pg_terminate_backend(activity.pid))::int as count
     from pg_stat_activity as activity
     where activity.datname = $1
       and activity.backend_type = 'client backend'
       and activity.application_name <> $2`,
    [database.name, OWNER_NAME],
  )
  return rows[0]?.count ?? 0
}
