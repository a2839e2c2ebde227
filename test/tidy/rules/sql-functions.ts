import { offence, type SourceFile } from './source-file.ts'

interface SqlFunction {
  readonly name: string
  readonly line: number
  /** Everything before the body. */
  readonly head: string
  readonly body: string
}

/**
 * Functions that resolve names by a search path which the caller chooses. Those that others call
 * and that name the schema of every table may do without: expressions and sets become part of the
 * statement that calls them only when they have no settings, and settings cost every call.
 */
export function openSearchPaths(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    functionsOf(file).flatMap(({ name, line, head, body }) => {
      if (/^set search_path = rowlock, pg_temp$/m.test(head)) return []
      const isInner = !/^security definer$/m.test(head)
      if (isInner && namesEverySchema(body)) return []
      return [offence(file, line, `${name} does not set search_path`)]
    }),
  )
}

/** Other clocks than rowlock.clock(): the transaction's, or the world's read directly. */
export function otherClocks(files: readonly SourceFile[]): string[] {
  const clocks =
    /\bnow\s*\(|\b(?:current|local)_?time(?:stamp)?\b|\b(?:clock|statement|transaction)_timestamp\b/
  return files.flatMap((file) =>
    file.code.split('\n').flatMap((line, index) => {
      if (!clocks.test(line)) return []
      const isTheClock = file.path.endsWith('_clock.sql') && line.includes('clock_timestamp()')
      return isTheClock ? [] : [offence(file, index, 'ask rowlock.clock()')]
    }),
  )
}

/** Words of SQL in capitals: STYLE has them lower-case. */
export function loudSql(files: readonly SourceFile[]): string[] {
  const words = /\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|WHERE|FROM|BEGIN|END|RETURN|AND|OR|NOT)\b/
  return files.flatMap((file) =>
    file.code.split('\n').flatMap((line, index) => {
      return words.test(line) ? [offence(file, index, 'SQL is written lower-case')] : []
    }),
  )
}

function functionsOf(file: SourceFile): SqlFunction[] {
  return [...file.code.matchAll(/^create or replace function ([\w.]+)/gm)].map((match) => {
    const rest = file.code.slice(match.index)
    const start = rest.indexOf('\nas $$')
    const end = rest.indexOf('\n$$;')
    return {
      name: match[1] as string,
      line: file.code.slice(0, match.index).split('\n').length - 1,
      head: rest.slice(0, start),
      body: rest.slice(start + 1, end),
    }
  })
}

/**
 * Tells whether whatever is read or written is a table of ours, a query (also a named one), or a
 * set.
 */
function namesEverySchema(body: string): boolean {
  const text = body.replace(/\b(?:extract\(\w+|distinct) from\b|\bfor update\b/g, '')
  const queries = [...body.matchAll(/(?:\bwith|\),)\s+(\w+) as \(/g)].map(
    (match) => `${match[1]}\\b`,
  )
  const read = /\b(?:from|join|using|into|update)\s+(?:lateral\s+)?/
  const sets = ['\\(', 'lateral\\b', 'unnest\\(', 'generate_series\\(', 'json_', 'jsonb_', '[vp]_']
  const ours = ['\\s', 'rowlock\\.', 'set\\b', ...sets, ...queries]
  return !new RegExp(`${read.source}(?!${ours.join('|')})`).test(text)
}
