/** One thing that was looked at, how it is, and what to do about it. */
export interface Finding {
  readonly check: string
  /** `problem`: do not sell like this. `warning`: better otherwise. `unknown`: cannot be seen. */
  readonly level: 'ok' | 'warning' | 'problem' | 'unknown'
  readonly finding: string
  readonly remedy: string | null
}

/** Nothing to do. */
export function ok(check: string, finding: string): Finding {
  return { check, level: 'ok', finding, remedy: null }
}

/** Something to put right before anything is sold. */
export function problem(check: string, finding: string, remedy: string): Finding {
  return { check, level: 'problem', finding, remedy }
}

/** Something that would be better otherwise. */
export function warning(check: string, finding: string, remedy: string): Finding {
  return { check, level: 'warning', finding, remedy }
}

/** Something that cannot be seen from here, and how it could be. */
export function unknown(check: string, finding: string, remedy: string): Finding {
  return { check, level: 'unknown', finding, remedy }
}
