import { after } from 'node:test'
import { type Database, type DatabaseSettings, openDatabase } from '../../src/db/database.ts'
import { type LaneSettings, Lanes } from '../../src/engine/lanes/lanes.ts'

const USUAL: LaneSettings = { queueMax: 100, batchMax: 100, deadlineMs: 20_000 }

interface Use {
  readonly settings?: Partial<LaneSettings>
  /** Connections at most. */
  readonly laneMax?: number
  /** Database as lanes see it. */
  readonly door?: (database: Database) => Database
}

/** Lanes with a door of their own to the database, until the tests of the file end. */
export async function useLanes(
  target: DatabaseSettings,
  { settings = {}, laneMax, door = (database) => database }: Use = {},
): Promise<Lanes> {
  const database = await openDatabase(target)
  const lanes = new Lanes(door(database), { ...USUAL, ...settings }, {}, laneMax)
  after(async () => {
    await lanes.close()
    await database.close()
  })
  return lanes
}
