import type { ErrorSpec } from '../../../src/protocol/index.ts'

type Table = Readonly<Record<string, ErrorSpec>>

/** Writes what the page about errors must say of a code, word for word; the rest is for people. */
export function factsOf({ status, retryable, title }: ErrorSpec): string {
  return `**${status}**, retry: ${retryable ? 'yes' : 'no'}. ${title}`
}

/** Differences between the page about errors and the table: codes, their order, their facts. */
export function errorPageOffences(page: string, table: Table): string[] {
  const sections = page.split(/^### /m).slice(1)
  const codes = sections.map((section) => /^`(\w+)`/.exec(section)?.[1] ?? '')
  const wanted = Object.keys(table)
  if (codes.join() !== wanted.join()) {
    const missing = wanted.filter((code) => !codes.includes(code))
    const strange = codes.filter((code) => !wanted.includes(code))
    return [`The codes or their order differ. Missing: ${missing}. Strange: ${strange}.`]
  }
  return sections.flatMap((section, n) => {
    const code = codes[n] as string
    const [, facts = '', advice = ''] = section.split('\n\n')
    if (facts.trim() !== factsOf(table[code] as ErrorSpec)) {
      return [`${code} must say: ${factsOf(table[code] as ErrorSpec)}`]
    }
    return advice.trim().length < 20 ? [`${code} does not say what to do.`] : []
  })
}

/** The parts of an OpenAPI document that speak of errors. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>
}

interface ApiOperation {
  readonly operationId?: string
  readonly responses?: Readonly<Record<string, ApiResponse>>
}

interface ApiResponse {
  readonly content?: Readonly<Record<string, { examples?: Readonly<Record<string, unknown>> }>>
}

/** Every code that an operation of the document may answer with: operation, status, code. */
export function documentedErrors(
  document: ApiDocument,
): { operation: string; status: number; code: string }[] {
  return operationsOf(document).flatMap(({ operationId = '', responses = {} }) =>
    Object.entries(responses).flatMap(([status, response]) => {
      const { examples = {} } = response.content?.['application/problem+json'] ?? {}
      return Object.keys(examples).map((code) => {
        return { operation: operationId, status: Number(status), code }
      })
    }),
  )
}

/** All operations of the document, in its order. */
export function operationsOf({ paths }: ApiDocument): ApiOperation[] {
  return Object.values(paths).flatMap((methods) => Object.values(methods))
}

/** Documented codes that are not in the table, or with another status than there. */
export function documentedOffences(document: ApiDocument, table: Table): string[] {
  return documentedErrors(document).flatMap(({ operation, status, code }) => {
    const known = table[code]
    if (!known) return [`${operation}: ${code} is not in the table`]
    return known.status === status
      ? []
      : [`${operation}: ${code} is ${known.status}, not ${status}`]
  })
}
