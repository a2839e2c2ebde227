import { offence, type SourceFile } from './source-file.ts'

/** In columns and lines. SQL has one clause a line, so its functions are longer by nature. */
export const SIZES = {
  columnsMax: 100,
  functionLinesMax: 70,
  sqlFunctionLinesMax: 120,
  fileLinesMax: 400,
} as const

/** Where a function begins and ends, counting lines from 0. */
interface FunctionSpan {
  readonly name: string
  readonly first: number
  readonly last: number
}

/** Lines that are too long. Only an address that cannot be broken may stand out. */
export function longLines(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    file.text.split('\n').flatMap((line, index) => {
      const columns = [...line].length
      if (columns <= SIZES.columnsMax || /https?:\/\/\S{60,}/.test(line)) return []
      return [offence(file, index, `${columns} columns, at most ${SIZES.columnsMax}`)]
    }),
  )
}

/** Files that are too long to be read in one sitting. */
export function longFiles(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const lines = file.text.trimEnd().split('\n').length
    if (lines <= SIZES.fileLinesMax) return []
    return [offence(file, 0, `${lines} lines, at most ${SIZES.fileLinesMax}`)]
  })
}

/** Functions that are too long. */
export function longFunctions(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const isSql = file.path.endsWith('.sql')
    const spans = isSql ? sqlFunctions(file) : tsFunctions(file)
    const linesMax = isSql ? SIZES.sqlFunctionLinesMax : SIZES.functionLinesMax
    return spans.flatMap(({ name, first, last }) => {
      const lines = last - first + 1
      if (lines <= linesMax) return []
      return [offence(file, first, `${name} has ${lines} lines, at most ${linesMax}`)]
    })
  })
}

const KEYWORDS = /^(?:if|for|while|switch|return|catch|super|await|else|do|throw|new|typeof)$/
/** What groups tests is a table of contents, not a function to be understood at once. */
const TEST_GROUP = /^\s*(?:describe|suite)(?:\.\w+)?\(/
const METHOD = /^\s+(?:(?:static|async|override|get|set|private|public) )*([#\w]+)(?:<.*>)?\(/

/**
 * Functions of a file that is formatted: the body ends at the next line that is indented like its
 * first line and begins with a brace. The formatter's check makes sure that files are.
 */
export function tsFunctions(file: Pick<SourceFile, 'code'>): FunctionSpan[] {
  const lines = file.code.split('\n')
  return lines.flatMap((line, first) => {
    const name = functionName(lines, first)
    if (name === null || TEST_GROUP.test(line)) return []
    const last = lines.findIndex((other, n) => n > first && closes(other, indentOf(line)))
    return last === -1 ? [] : [{ name, first, last }]
  })
}

function functionName(lines: readonly string[], first: number): string | null {
  const line = lines[first] as string
  const declared = /\bfunction\*?\s*(\w*)/.exec(line)
  if (declared && opens(lines, first)) return declared[1] || 'function'
  if (/=> (?:\(\{|\{|\()$/.test(line)) return /(\w+)\s*(?::[^=]*)?=/.exec(line)?.[1] ?? 'callback'
  const method = METHOD.exec(line)
  if (method && !KEYWORDS.test(method[1] as string) && opens(lines, first)) return method[1] ?? ''
  return null
}

/** Whether a body begins on this line, or on the one that ends its list of parameters. */
function opens(lines: readonly string[], first: number): boolean {
  const line = lines[first] as string
  if (line.endsWith('{')) return !/=> \{$/.test(line)
  if (!line.endsWith('(')) return false
  const end = lines.findIndex((other, n) => n > first && indentOf(other) === indentOf(line))
  return /^\s*\).*\{$/.test(lines[end] ?? '')
}

function closes(line: string, indent: number): boolean {
  return indentOf(line) === indent && /^\s*\}/.test(line)
}

function indentOf(line: string): number {
  return line.trim() === '' ? Number.POSITIVE_INFINITY : line.length - line.trimStart().length
}

/** Functions of the kernel: from `create function` to the end of the dollar-quoted body. */
export function sqlFunctions(file: Pick<SourceFile, 'code'>): FunctionSpan[] {
  const lines = file.code.split('\n')
  return lines.flatMap((line, first) => {
    const name = /^create or replace function ([\w.]+)/.exec(line)?.[1]
    if (name === undefined) return []
    const last = lines.findIndex((other, n) => n > first && /^\$\$;/.test(other))
    return [{ name, first, last: last === -1 ? lines.length - 1 : last }]
  })
}
