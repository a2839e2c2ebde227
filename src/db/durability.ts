import type pg from 'pg'

/** The settings without which "booked" would not survive a power cut, as the database has them. */
export interface Durability {
  readonly fsync: string
  readonly full_page_writes: string
  readonly synchronous_commit: string
  /** Names of the settings that are off; empty when an answered booking survives. */
  readonly unsafe: readonly string[]
}

/**
 * Reads the settings *of this session*: `alter role … set synchronous_commit = off` counts too.
 * `local`, `remote_write` and the like all wait for the local disk and are safe.
 */
export async function readDurability(
  client: Pick<pg.ClientBase, 'query'> | pg.Pool,
): Promise<Durability> {
  const result = await (client as pg.Pool).query<Omit<Durability, 'unsafe'>>(
    `select current_setting('fsync') as fsync,
            current_setting('full_page_writes') as full_page_writes,
            current_setting('synchronous_commit') as synchronous_commit`,
  )
  const settings = result.rows[0] as Omit<Durability, 'unsafe'>
  const unsafe = Object.entries(settings)
    .filter(([, value]) => value === 'off')
    .map(([name]) => name)
  return { ...settings, unsafe }
}

/**
 * Names the settings of a sharded database's other nodes that are off. Each call sees to its own
 * `synchronous_commit` there. A node that does not answer takes no bookings either.
 */
export async function readUnsafeOfNodes(
  client: Pick<pg.ClientBase, 'query'> | pg.Pool,
): Promise<readonly string[]> {
  const { rows } = await (client as pg.Pool).query<{ name: string }>(
    `select format('%s of %s:%s', setting.name, asked.nodename, asked.nodeport) as name
     from run_command_on_workers($1) as asked
     cross join string_to_table(asked.result, ' ') as setting (name)
     where asked.success and setting.name <> ''`,
    [OFF_AT_NODE],
  )
  return rows.map(({ name }) => name)
}

const OFF_AT_NODE = `
  select coalesce(string_agg(name, ' ' order by name), '')
  from pg_settings
  where name in ('fsync', 'full_page_writes') and setting = 'off'`

/** Says that settings are off: `fsync is off`, `fsync and full_page_writes are off`. */
export function areOff(settings: readonly string[]): string {
  const names = new Intl.ListFormat('en-GB').format(settings)
  return `${names} ${settings.length === 1 ? 'is' : 'are'} off`
}

/** Serving was refused because a crash of the database could lose answered bookings. */
export class UnsafeDurabilityError extends Error {
  override readonly name = 'UnsafeDurabilityError'

  constructor(unsafe: readonly string[]) {
    super(
      `A crash of the database could lose answered bookings: ${areOff(unsafe)}. ` +
        'Switch this on, or allow unsafe durability explicitly.',
    )
  }
}
