import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { type Access, type AccessRequest, OPERATOR, openAccess } from '../auth/index.ts'
import { type Mistake, mistakesOf } from '../protocol/index.ts'
import { CommandError } from './failure.ts'
import { CLI_CALLER, withStack } from './rowlock-stack.ts'
import type { Context } from './shell.ts'

/** Identity of the command line, which may do everything; the log names it `cli`. */
export const BY_CLI: AccessRequest = {
  identity: { ...OPERATOR, caller: CLI_CALLER },
  address: '127.0.0.1',
  traceId: null,
  idempotencyKey: null,
}

/** Opens access for one command, and closes it after it. */
export function withAccess<T>(
  { configuration, terminal }: Context,
  work: (access: Access) => Promise<T>,
): Promise<T> {
  return withStack(configuration, terminal, async ({ database }) => {
    // Nobody asks for anything over HTTP here, so nobody has to know the key.
    const access = await openAccess({ database, operatorKey: randomUUID() })
    try {
      return await work(access)
    } finally {
      await access.close()
    }
  })
}

/** Reads every page of a list, up to `limit` items. */
export async function takeAll<Item>(
  limit: number,
  read: (page: { limit: number; cursor?: string }) => Promise<{
    items: Item[]
    next: string | null
  }>,
): Promise<Item[]> {
  const items: Item[] = []
  for (let cursor: string | null | undefined; cursor !== null && items.length < limit; ) {
    const page = await read({
      limit: Math.min(1_000, limit - items.length),
      ...(cursor && { cursor }),
    })
    items.push(...page.items)
    cursor = page.next
  }
  return items
}

/** Parses options as the API would take them; throws `CommandError` naming the options. */
export function parseOptions<Schema extends z.ZodType>(
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const mistakes = mistakesOf(result.error.issues).map(({ path, message }): Mistake => {
    return { path: `--${toKebab(path.replace(/[.[].*$/, '') || 'options')}`, message }
  })
  throw new CommandError('usage', 'Invalid options:', mistakes)
}

function toKebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
