import { type Mistake, Refusal } from '../protocol/index.ts'

/** A person mends a file in rounds; more than this many mistakes at once help nobody. */
export const MISTAKES_MAX = 50

/** Mistakes of a plan found so far, at most `MISTAKES_MAX` of them. */
export interface MistakeList {
  add(path: string, message: string): void
  /** Number of mistakes. */
  count(): number
  /** Nothing more is kept: a reader of a long list may stop. */
  isFull(): boolean
  /** Ends the reading: throws `plan_invalid` with the mistakes when there are any. */
  refuseIfAny(): void
}

/** An empty list. Each reading of a plan has its own. */
export function startMistakes(): MistakeList {
  const found: Mistake[] = []
  return {
    add(path, message) {
      const isKnown = found.some((one) => one.path === path && one.message === message)
      if (!isKnown && found.length < MISTAKES_MAX) found.push({ path, message })
    },
    count: () => found.length,
    isFull: () => found.length >= MISTAKES_MAX,
    refuseIfAny() {
      if (found.length > 0) throw planInvalid(found)
    },
  }
}

/** The refusal for a plan with one mistake that ends the reading at once. */
export function refusePlan(path: string, message: string): never {
  throw planInvalid([{ path, message }])
}

function planInvalid(mistakes: Mistake[]): Refusal {
  const [first] = mistakes
  const count = mistakes.length
  const many = count >= MISTAKES_MAX ? `${count} mistakes or more` : `${count} mistakes`
  const some = count === 1 ? 'a mistake' : `${many}, the first`
  const detail = `The seating plan has ${some} at ${first?.path}: ${first?.message}`
  return new Refusal('plan_invalid', { detail, mistakes })
}

/** Text of the sender's, safe and short enough to stand in a message or a path. */
export function quoted(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text
  return JSON.stringify(short)
}

/** `seats[3]` and `label` → `seats[3].label`; `$` is the document itself. */
export function joinPath(path: string, step: PropertyKey): string {
  if (typeof step === 'number') return `${path}[${step}]`
  const name = String(step)
  if (!/^[\w$]{1,60}$/u.test(name)) return `${path}[${quoted(name)}]`
  return path === '$' ? name : `${path}.${name}`
}
