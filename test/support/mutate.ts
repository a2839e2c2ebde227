import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { TEST_SQL_DIR } from './database.ts'

/** A change of a file below `sql/` that makes the kernel wrong: what it says, and what instead. */
export interface Mutation {
  readonly file: string
  readonly find: string
  readonly replace: string
}

/**
 * Loads the mutated files into one database, over its functions. Throws when a text to replace is
 * not there exactly once: a mutation that changes nothing would prove nothing.
 */
export async function mutate(owner: pg.Client, mutations: readonly Mutation[]): Promise<void> {
  const texts = new Map<string, string>()
  for (const { file, find, replace } of mutations) {
    const text = texts.get(file) ?? (await readFile(join(TEST_SQL_DIR, file), 'utf8'))
    const count = text.split(find).length - 1
    if (count !== 1) throw new Error(`${file} has ${count} times: ${find}`)
    texts.set(
      file,
      text.replace(find, () => replace),
    )
  }
  await owner.query('set check_function_bodies = off')
  for (const text of texts.values()) await owner.query(text)
  await owner.query('reset check_function_bodies')
}
