import { type Client, RowlockError } from '../../client/index.ts'
import { terse } from './terse.ts'
import { LIMIT_MAX, type Tool } from './tools.ts'

/** Answer to a model: text that is JSON, and whether the call was refused. */
export interface ToolResult {
  readonly content: readonly { readonly type: 'text'; readonly text: string }[]
  readonly isError: boolean
}

type Method = (...asked: unknown[]) => Promise<unknown>

/**
 * Calls the operation behind a tool. Lists answer one page, as a table. Never throws for a refusal,
 * whose message says what to do.
 */
export async function callTool(
  client: Client,
  tool: Tool,
  given: Readonly<Record<string, unknown>>,
): Promise<ToolResult> {
  const { idempotencyKey, ...args } = bounded(given)
  const known = tool.inputSchema.properties ?? {}
  const stray = Object.keys(given).filter((name) => !Object.hasOwn(known, name))
  const missing = tool.inPath.filter((name) => typeof args[name] !== 'string')
  if (stray.length > 0)
    return refused(
      'usage',
      `${tool.name} has no ${stray.join(', ')}, only ${Object.keys(known).join(', ')}.`,
    )
  if (missing.length > 0) return refused('usage', `Give ${missing.join(', ')}, as text.`)
  const path = tool.inPath.map((name) => args[name])
  const said = Object.fromEntries(
    Object.entries(args).filter(([name]) => !tool.inPath.includes(name)),
  )
  const options = typeof idempotencyKey === 'string' ? { idempotencyKey } : {}
  const call = client[tool.name] as Method
  try {
    const answer = await (tool.isAsked ? call(...path, said, options) : call(...path))
    return { content: [{ type: 'text', text: JSON.stringify(terse(answer)) }], isError: false }
  } catch (error) {
    if (!(error instanceof RowlockError)) throw error
    const { code, message, idempotencyKey: key } = error
    // The detail is the message: a model pays for each word it reads.
    const { detail: _, ...details } = error.details
    return refused(code, message, {
      ...(Object.keys(details).length > 0 && { details }),
      ...(code === 'no_answer' && { idempotencyKey: key }),
    })
  }
}

/** Shortens a page that is longer than a model should read at once: its `next` leads on. */
function bounded(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { limit } = given
  return typeof limit === 'number' && limit > LIMIT_MAX ? { ...given, limit: LIMIT_MAX } : given
}

function refused(code: string, message: string, facts: object = {}): ToolResult {
  const text = JSON.stringify({ code, message, ...facts })
  return { content: [{ type: 'text', text }], isError: true }
}
