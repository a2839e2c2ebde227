import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Account, chooseAccount } from '../../src/db/embedded/account.ts'
import { runProgram } from '../../src/db/embedded/run-program.ts'

/** PostgreSQL's programs of one version, and whom they run as. */
export interface PostgresPrograms {
  run(program: string, ...args: string[]): Promise<string>
  readonly account: Account | null
}

const DEBIAN = '/usr/lib/postgresql'
const OLDEST = 14

/**
 * Finds a PostgreSQL with all the programs that are named: in `PG_BIN`, else the newest of Debian's
 * directories. Null where there is none; the embedded one has no `pg_basebackup`.
 */
export async function findPrograms(
  directory: string,
  needed: readonly string[],
): Promise<PostgresPrograms | null> {
  const versions = await readdir(DEBIAN).catch(() => [])
  const found = versions
    .filter((version) => Number(version) >= OLDEST)
    .sort((one, two) => Number(two) - Number(one))
    .map((version) => join(DEBIAN, version, 'bin'))
  const places = process.env.PG_BIN ? [process.env.PG_BIN] : found
  const bin = places.find((place) => needed.every((program) => existsSync(join(place, program))))
  if (bin === undefined) return null
  const account = await chooseAccount(directory)
  return {
    account,
    async run(program, ...args) {
      const { ok, output } = await runProgram(join(bin, program), args, account, directory)
      if (!ok) throw new Error(`${program} failed: ${output}`)
      return output
    },
  }
}
