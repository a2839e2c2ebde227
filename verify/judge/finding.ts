/** A place where a promise is broken, in words that can be looked up in the history. */
export interface Finding {
  /** The number of the promise. */
  readonly promise: number
  /** A short, stable name of the rule. */
  readonly rule: string
  readonly show: string | null
  readonly detail: string
  /** Numbers of the attempts it is about. */
  readonly attempts: readonly number[]
  /** The seats it is about: with them the smallest history that shows it can be cut out. */
  readonly seats: readonly string[]
}

/** Every rule of the judge, with the promise it belongs to. */
export const RULES = {
  'sold twice': 1,
  'not all or nothing': 2,
  'answered, but not in the journal': 3,
  'answer differs from its entry': 4,
  'one key, two effects': 4,
  'one key, two answers': 4,
  'one key, two bodies': 4,
  'nobody asked for it': 4,
  'ended late or early': 5,
  'confirmed what had ended': 6,
  'confirmed other seats': 6,
  'stale read': 8,
  'read from the future': 8,
  'read differs from its version': 8,
  'gap in the journal': 9,
  'time ran back': 9,
  'gave back what it did not have': 9,
  'step from nowhere': 9,
  'limit passed': 10,
  'refused sale was made later': 11,
  'refusal without a reason': 11,
  'unexpected answer': 12,
  'answered too late': 14,
  'busy, but done': 14,
  'stream out of order': 8,
  'stream differs from its version': 8,
  'event never told': 15,
  'events out of order': 15,
  'event differs from its entry': 15,
  'event not signed': 15,
  'ran out twice': 15,
  'one event, two texts': 15,
  'told to somebody else': 15,
} as const
export type Rule = keyof typeof RULES

/** Collects findings; the first of each rule are kept whole, the rest are counted. */
export class Findings {
  readonly all: Finding[] = []

  add(rule: Rule, show: string | null, detail: string, about: About = {}): void {
    const { attempts = [], seats = [] } = about
    this.all.push({ promise: RULES[rule], rule, show, detail, attempts, seats })
  }
}

/** Place of a finding, as far as it is known. */
export interface About {
  readonly attempts?: readonly number[]
  readonly seats?: readonly string[]
}
