import type { History } from '../history/history.ts'
import type { Rule } from '../judge/finding.ts'

/** A way in which a system could be wrong, told about a history that is right. */
export interface Lie {
  readonly name: string
  /** The judge must say at least this. */
  readonly rule: Rule
  /** The history with the lie in it; null when it has nothing to lie about. */
  tell(history: History): History | null
}
