import { type ConnectionTarget, openDatabase } from '../../db/index.ts'
import { openEngine, type Violation } from '../../engine/index.ts'

/** `rowlock check` of one show on a database, with connections for this moment only. */
export async function checkOn(target: ConnectionTarget, show: string): Promise<Violation[]> {
  const database = await openDatabase({ target, poolSize: 2, allowUnsafeDurability: true })
  const engine = openEngine(database)
  try {
    return await engine.checkShow(show)
  } finally {
    await engine.close()
    await database.close()
  }
}
