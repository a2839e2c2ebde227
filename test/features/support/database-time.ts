import { stage } from './stage.ts'

/** The database's clock, in milliseconds since 1970. */
export async function databaseTime(): Promise<number> {
  const { rows } = await stage().owner.query<{ now: string }>(
    'select rowlock.ms(rowlock.clock()) as now',
  )
  return Number(rows[0]?.now)
}
