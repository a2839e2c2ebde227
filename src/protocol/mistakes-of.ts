import type { z } from 'zod'
import type { Mistake } from './errors.ts'

/** Number of mistakes that somebody who sent a hundred thousand wrong seats will read. */
const MISTAKES_MAX = 20
const PATH_LENGTH_MAX = 200

/** Tells what a schema found wrong, in words for who sent it, each with its place. */
export function mistakesOf(issues: readonly z.core.$ZodIssue[]): Mistake[] {
  const mistakes: Mistake[] = []
  for (const issue of issues) {
    if (mistakes.length >= MISTAKES_MAX) break
    mistakes.push(...mistakesOfIssue(issue))
  }
  return mistakes.slice(0, MISTAKES_MAX)
}

function mistakesOfIssue(issue: z.core.$ZodIssue): Mistake[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, MISTAKES_MAX)
      .map((key) => ({ path: pathOf([...issue.path, key]), message: 'is not known here' }))
  }
  return [{ path: pathOf(issue.path), message: messageOf(issue) }]
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return 'is required'
  }
  if (issue.code === 'invalid_union') {
    const forms = issue.errors.flatMap((issues) => issues.slice(0, 1).map(({ message }) => message))
    const [first = issue.message, ...others] = forms
    return [first, ...others.map((form) => form.replace('Invalid input: ', ''))].join('; or ')
  }
  return issue.message
}

/** `['seats', 3, 'label']` → `seats[3].label` */
function pathOf(keys: readonly PropertyKey[]): string {
  const text = keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`
    return path === '' ? String(key) : `${path}.${String(key)}`
  }, '')
  return text.length <= PATH_LENGTH_MAX ? text : `${text.slice(0, PATH_LENGTH_MAX)}…`
}
