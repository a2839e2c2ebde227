import type pg from 'pg'
import { classify } from './sqlstate.ts'

/** Identity of the database that a connection has reached. */
export interface Identity {
  readonly isStandby: boolean
  /** Number that a primary and its standbys share. Null where the service does not tell it. */
  readonly systemIdentifier: string | null
  /**
   * Timeline of a primary: each promotion begins a new one. Null of a standby, and where it is not
   * told.
   */
  readonly timeline: number | null
  /** True when a commit waits for a standby. */
  readonly isSynchronous: boolean
}

const WAITS_FOR_STANDBY = `
  current_setting('synchronous_standby_names') <> ''
    and current_setting('synchronous_commit') in ('on', 'remote_write', 'remote_apply')`

/**
 * The name of the log file that is written begins with the timeline. The control file would tell
 * it too late: only the checkpoint after a promotion writes it there.
 */
const IDENTITY = `
  select
    pg_is_in_recovery() as "isStandby",
    (select system_identifier::text from pg_control_system()) as "systemIdentifier",
    case
      when not pg_is_in_recovery()
      then ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
    end as timeline,
    ${WAITS_FOR_STANDBY} as "isSynchronous"`

/** Some services (Aurora) have no log of their own that could be asked about. */
const WITHOUT_LOG = `
  select
    pg_is_in_recovery() as "isStandby",
    null::text as "systemIdentifier",
    null::int as timeline,
    ${WAITS_FOR_STANDBY} as "isSynchronous"`

/** Asks a connection which database it has reached. */
export async function readIdentity(client: Pick<pg.ClientBase, 'query'>): Promise<Identity> {
  try {
    return await ask(client, IDENTITY)
  } catch (error) {
    // Forbidden, or not there; anything else is for who connects.
    if (!['bug', 'behind'].includes(classify(error))) throw error
    return ask(client, WITHOUT_LOG)
  }
}

async function ask(client: Pick<pg.ClientBase, 'query'>, text: string): Promise<Identity> {
  const { rows } = await client.query<Identity>(text)
  if (!rows[0]) throw new Error('The database did not identify itself.')
  return rows[0]
}
