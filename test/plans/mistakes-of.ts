import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type ErrorCode, type Mistake, Refusal } from '../../src/protocol/index.ts'

/** The refusal that the action ends in; everything else fails the test. */
export function refusalOf(action: () => unknown, code: ErrorCode = 'plan_invalid'): Refusal {
  try {
    action()
  } catch (error) {
    assert.ok(error instanceof Refusal, `not a refusal but ${(error as Error)?.stack}`)
    assert.equal(error.code, code)
    return error
  }
  return assert.fail('It was not refused.')
}

/** The mistakes for which the action is refused. */
export function mistakesOf(action: () => unknown, code: ErrorCode = 'plan_invalid'): Mistake[] {
  return refusalOf(action, code).details.mistakes ?? []
}

/** Only the places of these mistakes. */
export function pathsOf(action: () => unknown): string[] {
  return mistakesOf(action).map(({ path }) => path)
}

/** A file of `test/fixtures/plans`, as text. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/plans/${name}`, import.meta.url), 'utf8')
}
