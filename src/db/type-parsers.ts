import pg from 'pg'

const { builtins } = pg.types

/**
 * `int8` as a number. Versions, counts and ids stay far below 2^53; a value beyond it would be
 * rounded silently, so it is refused instead.
 */
export function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} is beyond 2^53`)
  return value
}

type TextParser = (text: string) => unknown

const PARSERS: ReadonlyMap<number, TextParser> = new Map<number, TextParser>([
  [builtins.INT8, parseInt8],
  [1016, (text) => pgArray(text).map(parseInt8)], // int8[]
])

function pgArray(text: string): string[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',')
}

/**
 * Parsers of values from every connection of this layer: `int8` (and its arrays without nulls) as
 * numbers, `json` and `jsonb` parsed, `timestamptz` as `Date`, `numeric` as text.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    const parser = format === 'binary' ? undefined : PARSERS.get(oid)
    return parser ?? pg.types.getTypeParser(oid, format as 'text')
  }) as typeof pg.types.getTypeParser,
}
