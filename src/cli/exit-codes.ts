/** Meanings of the exit codes of `rowlock`. A code is never given another meaning. */
export const EXIT_CODES = {
  ok: { code: 0, meaning: 'Done.' },
  refused: {
    code: 1,
    meaning:
      'Refused: the operation could not be done as asked. Also: `check` or `stress` found a ' +
      'broken promise, `migrate --check` found something to apply.',
  },
  usage: {
    code: 2,
    meaning: 'The command line, the configuration or an input file has mistakes; nothing was done.',
  },
  unreachable: {
    code: 3,
    meaning: 'The database cannot be reached, or the embedded PostgreSQL does not start.',
  },
  unfit: {
    code: 4,
    meaning:
      'The database cannot be used as it is: not migrated, newer than this Rowlock, older than ' +
      'PostgreSQL 14, not durable, or without the synchronous standby that is required. Also: ' +
      '`doctor` found something to fix.',
  },
  taken: {
    code: 5,
    meaning: 'The port or the data directory is in use by another process.',
  },
  mistake: { code: 70, meaning: 'A bug in Rowlock. Please report it.' },
  interrupted: { code: 130, meaning: 'Interrupted by Ctrl-C (SIGINT) before it was done.' },
  terminated: { code: 143, meaning: 'Ended by SIGTERM before it was done.' },
} as const satisfies Record<string, { code: number; meaning: string }>

/** A way in which a command can end. */
export type Ending = keyof typeof EXIT_CODES

/** Names the ending of a process of ours by its exit code. */
export function endingOf(code: number): Ending {
  const endings = Object.keys(EXIT_CODES) as Ending[]
  return endings.find((ending) => EXIT_CODES[ending].code === code) ?? 'mistake'
}
