import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { EngineSettings } from '../src/engine/index.ts'

/** Options of a run of the benchmark. */
export interface Options {
  /** Letters of cases; null runs all. */
  readonly only: readonly string[] | null
  readonly rounds: number
  /** Seconds that each measurement of a rate lasts. */
  readonly seconds: number
  /** Seconds that it warms up before. */
  readonly warmSeconds: number
  /** Length of the journal of case h. */
  readonly journalEntries: number
  /** Small sizes, to see that everything works: its figures mean little. */
  readonly isQuick: boolean
  /** Exit with 1 when a goal is missed. */
  readonly isChecked: boolean
  /** Write a file of results. */
  readonly isWritten: boolean
  readonly dataDir: string
  /** Directory for profiles of the servers; null takes none. */
  readonly profileDir: string | null
  readonly engine: Partial<EngineSettings>
}

/** Printed for `--help`. */
export const USAGE = `npm run bench -- [options]

  --only a,c        only these cases, of a to l
  --rounds 3        rounds of every case; medians are reported
  --seconds 4       of each measurement of a rate
  --quick           one short round of small sizes, in five minutes, and no file
  --check           exit with 1 when a goal is missed
  --no-write        do not write bench/results
  --data-dir DIR    where the database is made; the disk of DIR is measured, too
  --profile DIR     CPU profiles of the servers go there
  --journal 10000000    entries of the long journal of case h
  --batch N         commands in one batch at most
`

/** Reads the command line. Throws where it says what nobody knows. */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      only: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      write: { type: 'boolean', default: true },
      'data-dir': { type: 'string' },
      profile: { type: 'string' },
      journal: { type: 'string' },
      batch: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  return {
    only: values.only?.split(',') ?? null,
    rounds: positive('rounds', values.rounds, values.quick ? 1 : 3),
    seconds: positive('seconds', values.seconds, values.quick ? 2 : 4),
    warmSeconds: values.quick ? 1 : 1.5,
    journalEntries: positive('journal', values.journal, values.quick ? 100_000 : 10_000_000),
    isQuick: values.quick,
    isChecked: values.check,
    isWritten: values.write && !values.quick,
    dataDir: values['data-dir'] ?? fileURLToPath(new URL('../.rowlock', import.meta.url)),
    profileDir: values.profile ?? null,
    engine: {
      ...(values.batch !== undefined && { batchMax: positive('batch', values.batch, 0) }),
    },
  }
}

function positive(name: string, text: string | undefined, fallback: number): number {
  const value = text === undefined ? fallback : Number(text)
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0`)
  return value
}
