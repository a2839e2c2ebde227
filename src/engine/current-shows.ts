import { Refusal } from '../protocol/index.ts'
import type { Context } from './context.ts'

type Operation = (context: Context, ...asked: never[]) => unknown

/**
 * Codes that are answered of a show that is not there any more, by whoever still knows its number.
 */
const UNKNOWN: ReadonlySet<string> = new Set([
  'show_unknown',
  'plan_unknown',
  'hold_unknown',
  'booking_unknown',
  'block_unknown',
])

/**
 * Wraps operations so that they are for shows as they are now: which number a key stands for is
 * kept, and changes if the show is deleted and another is created under its key. Whatever finds
 * nothing asks whether that has happened, perhaps on another server, and then is done once more:
 * nothing was.
 */
export function forCurrentShows<Operations extends Record<string, Operation>>(
  operations: Operations,
): Operations {
  const wrapped = Object.entries(operations).map(([name, operation]) => [name, retried(operation)])
  return Object.fromEntries(wrapped) as Operations
}

function retried(operation: Operation): Operation {
  return (context, ...asked) => {
    const first = operation(context, ...asked)
    return first instanceof Promise ? again(context, operation, asked, first) : first
  }
}

async function again(
  context: Context,
  operation: Operation,
  asked: never[],
  first: Promise<unknown>,
): Promise<unknown> {
  try {
    const result = await first
    if (!isEmpty(result)) return result
  } catch (error) {
    if (!isUnknown(error)) throw error
  }
  return (await context.shows.forgetStale(asked)) ? operation(context, ...asked) : first
}

function isUnknown(error: unknown): boolean {
  return error instanceof Refusal && UNKNOWN.has(error.code)
}

function isEmpty(value: unknown): boolean {
  const { items } = (value ?? {}) as { items?: unknown }
  return Array.isArray(items) && items.length === 0
}
