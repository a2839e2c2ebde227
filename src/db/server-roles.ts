import pg from 'pg'
import { SHARED_ROLE } from './server-traits.ts'
import { sqlstateOf } from './sqlstate.ts'

const INSUFFICIENT_PRIVILEGE = '42501'
/** The grantor of a role is no member of it with admin rights, before PostgreSQL 16 said so. */
const INVALID_GRANT = '0LP01'

/**
 * Lets a login serve: makes it a member of the server role of this database. Does nothing for the
 * owner's own login, for one that is a member, and where we may not.
 */
export async function admitLogin(client: pg.Client, login: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select known.name
     from rowlock.server_roles as known
     join pg_roles as login on login.rolname = $1
     where not known.shared
       and login.rolname <> session_user
       and not login.rolsuper
       and not pg_has_role(login.oid, known.name, 'member')`,
    [login],
  )
  for (const { name } of rows) {
    const [role, member] = [pg.escapeIdentifier(name), pg.escapeIdentifier(login)]
    await client.query(`grant ${role} to ${member}`).catch((error: unknown) => {
      if (![INSUFFICIENT_PRIVILEGE, INVALID_GRANT].includes(sqlstateOf(error) ?? '')) throw error
    })
  }
}

/**
 * Takes away from the role that all databases of a cluster shared what it had here. Does nothing
 * where this database has no role of its own.
 */
export async function retireSharedRole(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(
    `delete from rowlock.server_roles as known
     where known.shared
       and exists (select from rowlock.server_roles as own where not own.shared)`,
  )
  if (rowCount === 0) return
  const { rows } = await client.query<{ name: string }>('select current_database() as name')
  const database = pg.escapeIdentifier(rows[0]?.name ?? '')
  for (const what of [
    'all functions in schema rowlock',
    'all tables in schema rowlock',
    'schema rowlock',
    `database ${database}`,
  ]) {
    await client.query(`revoke all on ${what} from ${SHARED_ROLE}`)
  }
}
